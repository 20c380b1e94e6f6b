/**
 * `case-review completion`: a script for a shell, made from the program itself, so that it knows what the help knows.
 * Where an option or an argument has few answers, its description begins with them.
 */
import type { Command } from 'commander';
import { EXIT, UsageError } from './exit-code.ts';
import { SHELLS, type Shell } from './shells.ts';
import type { Surroundings } from './surroundings.ts';

interface Word {
  readonly word: string;
  readonly description: string;
}

/** What may follow one command: the commands below it, and its options. */
interface Level {
  /** The words of the command without the program's own, such as `baseline create`. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
}

export async function completion(name: string, program: Command, { stdout }: Surroundings): Promise<number> {
  const shell = SHELLS.find(known => known === name);
  if (shell === undefined)
    throw new UsageError(`There is no completion for "${name}"; choose ${SHELLS.join(', ')}.`);
  stdout.write(SCRIPTS[shell](levelsOf(program, '')));
  return EXIT.clean;
}

function levelsOf(command: Command, path: string): Level[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter(({ name }) => name() !== 'help');
  const below = commands.flatMap(inner => levelsOf(inner, `${path} ${inner.name()}`.trim()));
  const own: Level = {
    path,
    commands: commands.map(inner => ({ word: inner.name(), description: inner.description() })),
    options: help
      .visibleOptions(command)
      .flatMap(({ long, description }) => (long ? [{ word: long, description }] : [])),
  };
  return [own, ...below];
}

const SCRIPTS: Readonly<Record<Shell, (levels: readonly Level[]) => string>> = {
  bash: formatBash,
  zsh: formatZsh,
  fish: formatFish,
};

/** Words after options are files; the command is made of the words before the first option that are commands. */
function formatBash(levels: readonly Level[]): string {
  const cases = levels.map(({ path, commands, options }) => {
    const words = [...commands, ...options].map(({ word }) => word).join(' ');
    return `    "${path}") words="${words}" ;;`;
  });
  return `_case_review() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" words="" at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case " ${pathsOf(levels)} " in
      *" \${command:+$command/}\${COMP_WORDS[at]} "*) command="\${command:+$command/}\${COMP_WORDS[at]}" ;;
    esac
  done
  case "\${command//\\// }" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _case_review case-review
`;
}

function formatZsh(levels: readonly Level[]): string {
  const quote = ({ word, description }: Word) =>
    `'${word}:${description.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;
  const cases = levels.map(
    ({ path, commands, options }) =>
      `    '${path}') words=(${[...commands, ...options].map(quote).join(' ')}) ;;`,
  );
  return `#compdef case-review
local command="" word
local -a words_before words
words_before=("\${(@)words[2,CURRENT-1]}")
for word in $words_before; do
  case " ${pathsOf(levels)} " in
    *" \${command:+$command/}$word "*) command="\${command:+$command/}$word" ;;
  esac
done
() {
  local -a words
  case "\${command//\\// }" in
${cases.join('\n')}
  esac
  _describe 'case-review' words
}
_files
`;
}

function formatFish(levels: readonly Level[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = levels.flatMap(({ path, commands, options }) => {
    const condition = path === '' ? '__fish_use_subcommand' : conditionOf(path, commands);
    const line = (what: string, { word, description }: Word) =>
      `complete -c case-review -n ${quote(condition)} ${what} ${word.replace(/^--/, '')} -d ${quote(description)}`;
    return [...commands.map(word => line('-f -a', word)), ...options.map(word => line('-l', word))];
  });
  return `${lines.join('\n')}\n`;
}

function conditionOf(path: string, commands: readonly Word[]): string {
  const seen = path.split(' ').map(word => `__fish_seen_subcommand_from ${word}`);
  const unseen =
    commands.length === 0
      ? []
      : [`not __fish_seen_subcommand_from ${commands.map(({ word }) => word).join(' ')}`];
  return [...seen, ...unseen].join('; and ');
}

/** Every command as one word, such as `baseline/create`. */
function pathsOf(levels: readonly Level[]): string {
  return levels
    .map(({ path }) => path.replaceAll(' ', '/'))
    .filter(path => path !== '')
    .join(' ');
}
