/** The texts behind findings, with their lines: of reviews, of configuration and of packs. */
import { LineIndex } from '../engine/line-index.ts';
import type { Source } from '../render/place.ts';
import type { FileProvider } from '../workspace/file-provider.ts';

/** Findings come file by file, so a few texts are all that is worth keeping. */
const KEPT = 8;

/** Reading a file again is far cheaper than keeping, or parsing again, the text of every review. */
export function createSources(files: FileProvider): (uri: string) => Source {
  const known = new Map<string, Source>();
  return uri => {
    let source = known.get(uri);
    if (source === undefined) {
      source = readSource(uri, files);
      known.set(uri, source);
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    }
    return source;
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
