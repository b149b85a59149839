const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Whether a lower-case code has the checksum that BIP-173 gives it, of whatever length. */
export function hasChecksum(code: string): boolean {
  const separator = code.lastIndexOf('1');
  const prefix = Array.from(code.slice(0, separator), (letter) => letter.charCodeAt(0));
  const data = Array.from(code.slice(separator + 1), (letter) => LETTERS.indexOf(letter));
  if (separator < 1 || data.length < 6 || data.includes(-1)) return false;
  const values = [...prefix.map((byte) => byte >> 5), 0, ...prefix.map((byte) => byte & 31), ...data];
  return values.reduce(step, 1) === 1;
}

function step(sum: number, value: number): number {
  const top = sum >>> 25;
  const next = ((sum & 0x1ffffff) << 5) ^ value;
  return GENERATORS.reduce((mixed, generator, bit) => ((top >> bit) & 1 ? mixed ^ generator : mixed), next);
}
