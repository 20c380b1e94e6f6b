/** How a completion writes a value into YAML: plain where every reader agrees what it is, quoted elsewhere. */

/** Words that YAML 1.1 or 1.2 reads as a boolean or null, whatever their case. */
const KEYWORD = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** Numbers of YAML 1.1 and 1.2 and what looks like one: `13_15`, `0142`, `12:30`, `19E`, `0x1F`, `.5`. */
const NUMBER = /^[-+]?(?:0[xob][\da-f_]*|(?=[\d.])[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d*)?|\d[\d_]*(?::[\d.]+)+|\.inf|\.nan)$/i;
/** Characters that no plain scalar of ours needs; a colon is fine before another character, as in a time. */
const UNSAFE = /^$|^[\s"'[\]{},#&*!|>%@`?:-](?!\w)|^["'[\]{}#&*!|>%@`]|[[\]{},\n\t]|:\s|:$|\s#|\s$/;

export function writeScalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return KEYWORD.test(value) || NUMBER.test(value) || UNSAFE.test(value) ? JSON.stringify(value) : value;
}
