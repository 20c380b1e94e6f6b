// Turns the shipped pack's YAML into server/src/generated/england-wales.json, so that no program parses it at start.
// Examples stay out: they are tests and documentation, read from the YAML itself.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'policies/england-wales');
const read = file => parse(readFileSync(join(folder, file), 'utf8'));

const rules = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .flatMap(theme => readdirSync(join(folder, theme.name)).map(file => `${theme.name}/${file}`))
  .filter(file => file.endsWith('.yaml'))
  .sort()
  .map(file => ({ ...read(file), examples: [] }));

const data = { pack: read('pack.yaml'), calendar: read('calendar.yaml'), sources: read('sources.yaml'), rules };
const output = join(root, 'server/src/generated');
mkdirSync(output, { recursive: true });
writeFileSync(join(output, 'england-wales.json'), `${JSON.stringify(data)}\n`);
