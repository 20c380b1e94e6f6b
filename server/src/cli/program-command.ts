/** A command of the program, in whose words wrong usage is one line: what is wrong, and what to do. */
import { Command, type ErrorOptions, type HelpContext, type ParseOptions } from 'commander';
import { REVIEW_EXTENSIONS } from '../protocol.ts';
import { UsageError } from './exit-code.ts';

export class ProgramCommand extends Command {
  override createCommand(name?: string): ProgramCommand {
    return new ProgramCommand(name);
  }

  /** The library shows the help where a command is missing or unknown; that is shown for the bare program alone. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    if (typeof context !== 'object' || !context.error) super.help();
    const [, asked] = this.args;
    if (asked !== undefined) this.error(`error: unknown command '${asked}'`);
    if (this.parent) this.error(`A command is missing; name ${listOf(this.commands.map(one => one.name()))}`);
    super.help(context);
  }

  /** The library looks one level down only: `help policy test` is what it knows as `policy help test`. */
  override parseAsync(argv: readonly string[], options?: ParseOptions): Promise<this> {
    const [first, name, ...inner] = argv;
    const isGroup = this.commands.some(one => one.name() === name && one.commands.length > 0);
    const asked = first === 'help' && isGroup && inner.length > 0 ? [name!, first, ...inner] : argv;
    return super.parseAsync(asked, options);
  }

  override error(message: string, options?: ErrorOptions): never {
    super.error(this.#oneLine(message), options);
  }

  /** An empty value is a variable that was not set, and would stand for this folder. */
  refuseEmptyValues(): this {
    return this.hook('preAction', (_, command) => {
      for (const option of command.options)
        if (command.getOptionValue(option.attributeName()) === '')
          throw new UsageError(`${option.long} is empty; give a value, or leave it out.`);
      for (const [at, argument] of command.registeredArguments.entries())
        if ([command.processedArgs[at]].flat().includes(''))
          throw new UsageError(`The argument ${argument.name()} is empty; give a value, or leave it out.`);
    });
  }

  /** The library's words as one sentence on one line, and behind them what to do. */
  #oneLine(text: string): string {
    const [what = '', hint] = text
      .replace(/^error: /, '')
      .replace(/^command-argument value '(.*)' is invalid for argument '(.*)'\./s, "there is no $2 '$1'.")
      .replace(/^option '[^']*<(\w+)>' argument '(.*)' is invalid\./s, "there is no $1 '$2'.")
      .replace(
        /^option '(?:-\w, )?(.*)' argument missing/,
        (_, flags: string) => `a value is missing; give ${flags}`,
      )
      .trim()
      .split('\n');
    const [, option = ''] = /^unknown option '(.*)'/.exec(what) ?? [];
    const isName = REVIEW_EXTENSIONS.some(suffix => option.endsWith(suffix));
    const advice = isName ? 'Write -- before a name that begins with a dash.' : undefined;
    const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`;
    return `case-review: ${sentence} ${advice ?? hint?.replace(/^\((.*)\)$/, '$1') ?? `See ${this.#path()} --help.`}`;
  }

  #path(): string {
    const names: string[] = [];
    for (let command: Command | null = this; command !== null; command = command.parent)
      names.unshift(command.name());
    return names.join(' ');
  }
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
