// The floor of the command line: lists a folder, reads every file and parses it with `yaml`, one after the other, and
// does nothing else. Any tool on that parser pays this much.
import { readdirSync, readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

const folder = process.argv[2];
let errors = 0;
const names = readdirSync(folder);
for (const name of names) errors += parseDocument(readFileSync(`${folder}/${name}`, 'utf8')).errors.length;
process.stdout.write(`${names.length} files, ${errors} errors\n`);
