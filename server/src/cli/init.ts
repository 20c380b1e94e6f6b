/** `case-review init`: a configuration in which everything is said and nothing is set. */
import { CONFIG_FILE_NAME } from '../protocol.ts';
import { wrap } from '../render/printable.ts';
import { EXIT } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';
import { writeNewFile } from './write-new-file.ts';

const WIDTH = 98;

export async function init(around: Surroundings): Promise<number> {
  const { default: schema } = await import('../../../schemas/case-review.config.schema.json', {
    with: { type: 'json' },
  });
  writeNewFile(CONFIG_FILE_NAME, formatConfig(schema), around);
  return EXIT.clean;
}

interface ConfigSchema {
  readonly description: string;
  readonly properties: Readonly<
    Record<string, { readonly description: string; readonly examples: readonly string[] }>
  >;
}

/** The words are the schema's, which the editor shows too. */
function formatConfig({ description, properties }: ConfigSchema): string {
  const comment = (text: string) => wrap(text, WIDTH).map(line => `# ${line}`);
  const entries = Object.values(properties).flatMap(property => [
    '',
    ...comment(property.description),
    ...property.examples.flatMap(example => example.split('\n').map(line => `#${line}`)),
  ]);
  return `${[...comment(description), ...comment('Take away the # before a key to set it.'), ...entries].join('\n')}\n`;
}
