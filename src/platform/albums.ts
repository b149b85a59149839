/** Items in groups of at most `max`, in order. Never leaves one item alone in the last group if it can be avoided. */
export function albumsOf<T>(items: readonly T[], max: number): readonly (readonly T[])[] {
  const albums: (readonly T[])[] = [];
  for (let start = 0; start < items.length; ) {
    const left = items.length - start;
    const size = left === max + 1 ? max - 1 : Math.min(left, max);
    albums.push(items.slice(start, start + size));
    start += size;
  }
  return albums;
}
