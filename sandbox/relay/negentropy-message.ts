/** An upper bound, exclusive: an item belongs to the first range whose bound is above it. */
export interface Bound {
  /** Seconds; `Infinity` is the end of everything. */
  readonly at: number;
  /** An id prefix, in hex. */
  readonly id: string;
}

/** What one side says about the items in a range. Fingerprints and ids are in hex. */
export type Content =
  | { readonly mode: 'skip' }
  | { readonly mode: 'fingerprint'; readonly fingerprint: string }
  | { readonly mode: 'ids'; readonly ids: readonly string[] };

/** A range begins where the one before it ends. */
export type Range = Content & { readonly upTo: Bound };

export const END: Bound = { at: Number.POSITIVE_INFINITY, id: '' };

const VERSION = 0x61;
const MODES = ['skip', 'fingerprint', 'ids'] as const;

/** A number in base 128, with the high bit set on all digits but the last. */
export function varint(value: number): Buffer {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest % 128) + 128);
  return Buffer.from(digits);
}

/** A message of the Negentropy protocol, version 1 (appendix of NIP-77). */
export function encoded(ranges: readonly Range[]): Buffer {
  // Skipped ranges at the end are left out.
  const last = ranges.findLastIndex(({ mode }) => mode !== 'skip');
  const parts: Buffer[] = [Buffer.from([VERSION])];
  let before = 0;
  ranges.slice(0, last + 1).forEach((range, index, all) => {
    if (range.mode === 'skip' && all[index + 1]?.mode === 'skip') return;
    const { at, id } = range.upTo;
    parts.push(varint(at === END.at ? 0 : at - before + 1), varint(id.length / 2), Buffer.from(id, 'hex'));
    before = at;
    parts.push(varint(MODES.indexOf(range.mode)));
    if (range.mode === 'fingerprint') parts.push(Buffer.from(range.fingerprint, 'hex'));
    if (range.mode === 'ids') parts.push(varint(range.ids.length), Buffer.from(range.ids.join(''), 'hex'));
  });
  return Buffer.concat(parts);
}

/** Throws if the message is malformed. */
export function decoded(message: Buffer): readonly Range[] {
  let place = 0;
  function take(length: number): Buffer {
    if (place + length > message.length) throw new RangeError('The message ends too early');
    place += length;
    return message.subarray(place - length, place);
  }
  function number(): number {
    for (let value = 0; ; ) {
      const [digit = 0] = take(1);
      value = value * 128 + (digit % 128);
      if (digit < 128) return value;
    }
  }
  if (take(1)[0] !== VERSION) throw new RangeError('Not version 1 of the protocol');
  const ranges: Range[] = [];
  let before = 0;
  while (place < message.length) {
    const step = number();
    before = step === 0 ? END.at : before + step - 1;
    const upTo: Bound = { at: before, id: take(number()).toString('hex') };
    const mode = MODES[number()];
    if (mode === undefined) throw new RangeError('No such mode');
    if (mode === 'skip') ranges.push({ upTo, mode });
    else if (mode === 'fingerprint') ranges.push({ upTo, mode, fingerprint: take(16).toString('hex') });
    else ranges.push({ upTo, mode, ids: Array.from({ length: number() }, () => take(32).toString('hex')) });
  }
  return ranges;
}
