/** Check digits and letters: what tells an identifier from a number that merely looks like one. */

/** Modulus 11 over ten digits, blanks and hyphens left out. */
export function isNhsNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, i) => total + digit * (10 - i), 0);
  // A remainder of 1 would need the digit 10: such numbers are not issued.
  return digits.length === 10 && (11 - (sum % 11)) % 11 === digits[9];
}

const PNC_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** `YY/serial` or `YYYY/serial` and a letter, which follows from the year's last two digits and the serial of seven. */
export function isPncId(text: string): boolean {
  const [, year = '', serial = '', letter] = /^\d*?(\d\d)\/(\d+)([A-Z])$/.exec(text) ?? [];
  return letter !== undefined && PNC_LETTERS[Number(year + serial.padStart(7, '0')) % 23] === letter;
}
