/** Remembers names, the newest so many of them. */
export interface LruSet {
  /** False where it is remembered already. */
  add(name: string): boolean;
}

export function createLruSet(most: number): LruSet {
  const names = new Set<string>();
  return {
    add(name) {
      if (names.has(name)) return false;
      names.add(name);
      for (const oldest of names) {
        if (names.size <= most) break;
        names.delete(oldest);
      }
      return true;
    },
  };
}
