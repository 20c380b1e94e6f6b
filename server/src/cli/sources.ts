/** The texts behind findings, with their lines: of reviews, of configuration and of packs. */
import { LineIndex } from '../engine/line-index.ts';
import type { Source } from '../render/place.ts';
import type { FileProvider } from '../workspace/file-provider.ts';

/** Findings come file by file, so a few answers are all that is worth keeping. */
const KEPT = 4;

/** Reading a file again is far cheaper than keeping, or parsing again, the text of every review. */
export function createSources(files: FileProvider): (uri: string) => Source {
  return rememberFew(uri => readSource(uri, files));
}

/** The same function, which does not work out its last few answers again. */
export function rememberFew<T>(answer: (uri: string) => T): (uri: string) => T {
  const known = new Map<string, T>();
  return uri => {
    const old = known.get(uri);
    if (old !== undefined) return old;
    const made = answer(uri);
    known.set(uri, made);
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    return made;
  };
}

function readSource(uri: string, files: FileProvider): Source {
  const read = files.read(uri);
  const text = 'text' in read ? read.text : '';
  return { text, lines: new LineIndex(text) };
}

/** Puts one text over the file of that name, which need not exist. */
export function withText(files: FileProvider, uri: string, text: string): FileProvider {
  return {
    ...files,
    read: asked => (asked === uri ? { text } : files.read(asked)),
    exists: asked => asked === uri || files.exists(asked),
  };
}
