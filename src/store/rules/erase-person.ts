import { VALUE_NAMESPACES } from '../value-namespaces.ts';

const IMPERSONAL: ReadonlySet<string> = new Set(
  Object.entries(VALUE_NAMESPACES).flatMap(([name, whose]) => (whose === 'impersonal' ? [name] : [])),
);

/** Whether the namespace has to be searched for a person's data. */
export const mayNamePeople = (namespace: string): boolean => !IMPERSONAL.has(namespace);

/** A stored value: its name within the namespace, and JSON as Keyv writes it. */
export interface StoredValue {
  readonly name: string;
  readonly value: string;
}

/** A value as Keyv stores it. */
interface Kept {
  readonly value: unknown;
}

/** What is left of a value without a person, as JSON; `undefined` if nothing is, and the value itself if it doesn't name them. */
export function withoutPerson({ name, value }: StoredValue, names: ReadonlySet<string>): string | undefined {
  if (name.split(' ').some((part) => isOne(part, names))) return undefined;
  const kept = JSON.parse(value) as Kept;
  const left = without(kept.value, names);
  if (left === undefined || left === kept.value) return left === undefined ? undefined : value;
  return JSON.stringify({ ...kept, value: left });
}

/** A topic belongs to the owner of its chat. */
const isOne = (text: string, names: ReadonlySet<string>): boolean => names.has(text.replace(/\/.*$/su, ''));

/**
 * The rest of a value without those names: a list loses the items that contain them; anything else that contains one is
 * removed entirely, and so is a list without items. Returns the value itself if it contains none.
 */
function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return isOne(value, names) ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const left = value.map((item) => without(item, names)).filter((item) => item !== undefined);
    if (left.length === value.length && left.every((item, at) => item === value[at])) return value;
    return left.length > 0 ? left : undefined;
  }
  const before = Object.entries(value);
  const after = before.map(
    ([key, one]) => [key, isOne(key, names) ? undefined : without(one, names)] as const,
  );
  if (after.some(([, one]) => one === undefined)) return undefined;
  return after.every(([, one], at) => one === before[at]?.[1]) ? value : Object.fromEntries(after);
}
