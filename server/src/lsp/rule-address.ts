/** Where the code of a finding leads: to the page of its rule, offline wherever that can be had. */
import type { RuleDescription } from '../policy/pack.ts';
import { COMMANDS } from '../protocol.ts';
import { addressOf } from '../render/rule-page.ts';
import { SHIPPED } from '../workspace/config-file.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { ClientSupport } from './client-support.ts';

/** `home` is the folder in which the program's own `docs/` lies. */
export function createRuleAddress(
  client: ClientSupport,
  files: FileProvider,
  home: string | undefined,
): (rule: RuleDescription) => string | undefined {
  /** A page beside the program, of a rule that no pack of the force has replaced. */
  const shippedPage = (rule: RuleDescription): string | undefined => {
    if (home === undefined || rule.pack !== SHIPPED) return undefined;
    const page = new URL(`docs/rules/${rule.id}.md`, home).href;
    return files.exists(page) ? page : undefined;
  };
  const source = ({ sources }: RuleDescription): string | undefined => {
    const url = sources.find(known => known.url !== undefined)?.url;
    return url === undefined ? undefined : addressOf(url);
  };
  // VS Code opens such a link of a diagnostic, as does every editor built on it; others open addresses and files.
  if (client.rulePages)
    return rule => `command:${COMMANDS.showRule}?${encodeURIComponent(JSON.stringify([rule.id]))}`;
  const known = new WeakMap<RuleDescription, string | undefined>();
  return rule => {
    if (!known.has(rule)) known.set(rule, shippedPage(rule) ?? source(rule));
    return known.get(rule);
  };
}
