import type { PageDriver, Seen } from './page-driver.ts';
import type { Stop } from './plan.ts';

/** A screen that was reached: `path` are the labels of what was pressed on the way. */
export interface Screen {
  readonly stop: Stop;
  readonly path: readonly string[];
  /** Whether anything came of it. */
  readonly answered: boolean;
}

/**
 * Goes to a stop, and from there through its buttons as deep as it says. Calls back for each screen that differs from
 * the others of the stop by more than what is filled in.
 */
export async function tour(
  visitor: PageDriver,
  stop: Stop,
  found: (screen: Screen) => Promise<void>,
): Promise<void> {
  const known = new Set<string>();

  async function arrive(path: readonly string[]): Promise<Seen> {
    await visitor.enter(stop.chat);
    let seen: Seen = { words: '', controls: [], answered: false };
    for (const deed of stop.actions) seen = await visitor.do(deed);
    for (const label of path) seen = await visitor.press(placeOf(label, seen));
    return seen;
  }

  async function follow(path: readonly string[], first: Seen): Promise<void> {
    if (path.length === stop.depth) return;
    let here: Seen | undefined = first;
    for (const label of new Set(first.controls.map(nameOf))) {
      here ??= await arrive(path);
      const place = placeOf(label, here);
      if (place < 0) continue;
      const next = await visitor.press(place);
      // Where only a mark has moved, the others can be pressed from here.
      if (shapeOf(next) === shapeOf(here)) here = next;
      else here = undefined;
      const there = [...path, label];
      if (!next.answered || known.has(shapeOf(next))) continue;
      known.add(shapeOf(next));
      await found({ stop, path: there, answered: next.answered });
      if (there.length < stop.depth && next.controls.length > 0) {
        await follow(there, next);
        here = undefined;
      }
    }
  }

  const first = await arrive([]);
  known.add(shapeOf(first));
  await found({ stop, path: [], answered: first.answered });
  await follow([], first);
}

const placeOf = (label: string, { controls }: Seen): number =>
  controls.findIndex((control) => nameOf(control) === label);

/** A label without what is filled in: marks, figures, and what stands behind a colon. */
const nameOf = (label: string): string => (label.split(/[:：]/u)[0] ?? '').replace(/[^\p{L}]+/gu, ' ').trim();

/** What makes a screen another one: how its words begin, and what can be pressed. */
const shapeOf = ({ words, controls }: Seen): string =>
  [nameOf(words.split('\n').find((line) => /\p{L}/u.test(line)) ?? ''), ...controls.map(nameOf)].join('\n');
