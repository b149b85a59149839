/** A text, a function that makes one, or words that mean the same. */
export type Leaf = string | readonly string[] | ((...given: never[]) => string);

/** Every text of a catalogue by its path, such as `status.lastPost`. */
export function leavesOf(branch: object, above = ''): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(
    Object.entries(branch).flatMap(([name, value]: [string, unknown]) => {
      const path = `${above}${name}`;
      return isLeaf(value)
        ? [[path, value] as const]
        : Object.entries(leavesOf(Object(value) as object, `${path}.`));
    }),
  );
}

const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'string' ||
  typeof value === 'function' ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'));
