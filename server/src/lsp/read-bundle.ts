/** The texts in the language of the editor: from the client, which may have them at hand, or from beside the program. */
import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol.ts';
import type { Bundle } from '../texts/say.ts';
import type { FileProvider } from '../workspace/file-provider.ts';

/** `home` is the folder in which the program's own `l10n/` lies. Without a bundle, English is said. */
export function readBundle(
  { locale = 'en', initializationOptions }: InitializeParams,
  files: FileProvider,
  home: string | undefined,
): Bundle {
  const { texts } = (initializationOptions ?? {}) as Partial<InitializationOptions>;
  if (texts !== undefined) return textsOf(texts);
  const language = locale.toLowerCase();
  if (home === undefined || !/^[a-z]+(?:-[a-z\d]+)*$/.test(language)) return {};
  for (const name of new Set([language, language.replace(/-.*/, '')])) {
    const file = files.read(new URL(`l10n/bundle.l10n.${name}.json`, home).href);
    if ('text' in file) return parseBundle(file.text);
  }
  return {};
}

/** A bundle that is broken costs the language, not the server. */
function parseBundle(text: string): Bundle {
  try {
    return textsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function textsOf(value: unknown): Bundle {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
