const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_LENGTH = 6;

/**
 * Where a lower-case code may end if other text is glued to it: the lengths at which its checksum (BIP-173) is valid,
 * longest first. Linear in the length of the code.
 */
export function validCodeEnds(code: string): readonly number[] {
  const separator = code.lastIndexOf('1');
  if (separator < 1) return [];
  const prefix = Array.from(code.slice(0, separator), (letter) => letter.charCodeAt(0));
  let sum = [...prefix.map((byte) => byte >> 5), 0, ...prefix.map((byte) => byte & 31)].reduce(step, 1);
  const ends: number[] = [];
  for (let at = separator + 1; at < code.length; at += 1) {
    const value = LETTERS.indexOf(code.charAt(at));
    if (value < 0) break;
    sum = step(sum, value);
    if (sum === 1 && at - separator >= CHECKSUM_LENGTH) ends.unshift(at + 1);
  }
  return ends;
}

function step(sum: number, value: number): number {
  const top = sum >>> 25;
  const next = ((sum & 0x1ffffff) << 5) ^ value;
  return GENERATORS.reduce((mixed, generator, bit) => ((top >> bit) & 1 ? mixed ^ generator : mixed), next);
}
