/** A short digest of data, so that equal answers are known as equal however they were made. */

/** FNV-1a over the JSON text, twice with different factors: 64 bits, synchronous, and the same in a browser. */
export function contentId(content: unknown): string {
  const text = JSON.stringify(content);
  let first = 0x811c9dc5;
  let second = 0x9dc5811c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  return `${(first >>> 0).toString(36)}-${(second >>> 0).toString(36)}`;
}
