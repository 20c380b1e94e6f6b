/** The user's editor settings as one readonly value, wherever the client keeps them. */
import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { DEFAULT_SETTINGS, DIAGNOSTICS_SCOPES, SETTINGS_SECTION, type Settings } from '../protocol.ts';
import type { Session } from './session.ts';

/** Reads the section as a client sends it; what is missing or unknown has its default. */
export function readSettings(section: unknown): Settings {
  const scope = DIAGNOSTICS_SCOPES.find(
    known => known === property(property(section, 'diagnostics'), 'scope'),
  );
  return { diagnostics: { scope: scope ?? DEFAULT_SETTINGS.diagnostics.scope } };
}

/** Clients that can be asked are asked; the others send the settings along. */
export async function askForSettings(session: Session): Promise<void> {
  const { connection, client } = session;
  if (client.configurationPush) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
  }
  if (client.configuration) await readFromClient(session);
}

async function readFromClient({ connection, changeSettings }: Session): Promise<void> {
  changeSettings(readSettings(await connection.workspace.getConfiguration(SETTINGS_SECTION)));
}

export function followSettings(session: Session): void {
  session.connection.onDidChangeConfiguration(
    session.fence.event('settings', ({ settings }: { settings: unknown }) => {
      if (session.client.configuration) return readFromClient(session);
      session.changeSettings(readSettings(property(settings, SETTINGS_SECTION)));
    }),
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
