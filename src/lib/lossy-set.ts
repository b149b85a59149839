/** A set of words in fixed memory that forgets words at random. Two words are equal if 53 bits of their hashes are. */
export interface LossySet {
  has(word: string): boolean;
  add(word: string): void;
  clear(): void;
}

/** `places`: a power of two; eight bytes each. */
export function createLossySet(places: number): LossySet {
  const hashes = new Float64Array(places);
  return {
    has(word) {
      const hash = hashOf(word);
      return hashes[hash % places] === hash;
    },
    add(word) {
      const hash = hashOf(word);
      hashes[hash % places] = hash;
    },
    clear: () => void hashes.fill(0),
  };
}

/** 53 bits, so that two words of an archive are unlikely to collide. */
function hashOf(word: string): number {
  let low = 0;
  let high = 0;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x0100_0193) + 0x9e37_79b9;
    high = Math.imul(high ^ unit, 0x85eb_ca6b) ^ (low >>> 13);
  }
  return (low >>> 0) + (high >>> 11) * 2 ** 32;
}
