/** `case-review completion`: a script for a shell, made from the program itself, so that it knows what the help knows. */
import type { Command } from 'commander';
import { EXIT } from './exit-code.ts';
import type { Shell } from './shells.ts';
import type { Surroundings } from './surroundings.ts';

interface Word {
  readonly word: string;
  readonly description: string;
}

interface OptionWord extends Word {
  /** What may follow it, where that is a short list. */
  readonly choices: readonly string[];
}

/** What may follow one command. */
interface Level {
  /** The words of the command without the program's own, such as `baseline create`. */
  readonly path: string;
  /** The commands below it, or the choices of its argument. */
  readonly words: readonly Word[];
  readonly options: readonly OptionWord[];
}

export async function completion(shell: Shell, program: Command, { stdout }: Surroundings): Promise<number> {
  stdout.write(SCRIPTS[shell](levelsOf(program, '')));
  return EXIT.clean;
}

function levelsOf(command: Command, path: string): Level[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter(inner => inner.name() !== 'help');
  const below = commands.flatMap(inner => levelsOf(inner, `${path} ${inner.name()}`.trim()));
  const choices = command.registeredArguments.flatMap(argument => argument.argChoices ?? []);
  const own: Level = {
    path,
    words: [
      ...commands.map(inner => ({ word: inner.name(), description: inner.description() })),
      ...choices.map(word => ({ word, description: '' })),
    ],
    options: help.visibleOptions(command).flatMap(({ long, description, argChoices = [] }) => {
      return long ? [{ word: long, description, choices: argChoices }] : [];
    }),
  };
  return [own, ...below];
}

const SCRIPTS: Readonly<Record<Shell, (levels: readonly Level[]) => string>> = {
  bash: formatBash,
  zsh: formatZsh,
  fish: formatFish,
};

function formatBash(levels: readonly Level[]): string {
  const list = (words: readonly Word[]) => `words="${words.map(({ word }) => word).join(' ')}"`;
  return `_case_review() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command="" words="" word
${findCommand(levels, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$command $previous" in
${casesOf(levels, list)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _case_review case-review
`;
}

function formatZsh(levels: readonly Level[]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const entry = ({ word, description }: Word) =>
    quote(`${word}${description && `:${description.replaceAll(':', '\\:')}`}`);
  const list = (words: readonly Word[]) => `choices=(${words.map(entry).join(' ')})`;
  return `#compdef case-review
local previous="\${words[CURRENT - 1]}" command="" word
local -a choices
${findCommand(levels, '"${(@)words[2,CURRENT-1]}"')}
case "$command $previous" in
${casesOf(levels, list)}
esac
_describe 'case-review' choices
_files
`;
}

/** In the words of both shells: the command that is being written, such as \`baseline/create\`. */
function findCommand(levels: readonly Level[], before: string): string {
  const known = levels.map(({ path }) => nameOf(path)).join('|');
  return `  for word in ${before}; do
    case "\${command:+$command/}$word" in
      ${known.replace(/^\|/, '')}) command="\${command:+$command/}$word" ;;
    esac
  done`;
}

/** An option that is followed by one of a few words has a case of its own, before that of its command. */
function casesOf(levels: readonly Level[], list: (words: readonly Word[]) => string): string {
  return levels
    .flatMap(({ path, words, options }) => [
      ...options
        .filter(({ choices }) => choices.length > 0)
        .map(({ word, choices }) => {
          const values = choices.map(choice => ({ word: choice, description: '' }));
          return `    "${nameOf(path)} ${word}") ${list(values)} ;;`;
        }),
      `    "${nameOf(path)} "*) ${list([...words, ...options])} ;;`,
    ])
    .join('\n');
}

function nameOf(path: string): string {
  return path.replaceAll(' ', '/');
}

function formatFish(levels: readonly Level[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = levels.flatMap(({ path, words, options }) => {
    const start = `complete -c case-review -n ${quote(conditionOf(path, words))}`;
    return [
      ...words.map(({ word, description }) => `${start} -f -a ${word} -d ${quote(description)}`),
      ...options.map(({ word, description, choices }) => {
        const values = choices.length === 0 ? '' : ` -x -a ${quote(choices.join(' '))}`;
        return `${start} -l ${word.replace('--', '')}${values} -d ${quote(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function conditionOf(path: string, words: readonly Word[]): string {
  if (path === '') return '__fish_use_subcommand';
  const seen = path.split(' ').map(word => `__fish_seen_subcommand_from ${word}`);
  const names = words.map(({ word }) => word).join(' ');
  return [...seen, ...(names === '' ? [] : [`not __fish_seen_subcommand_from ${names}`])].join('; and ');
}
