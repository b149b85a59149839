import type { PageDriver, Seen } from './page-driver.ts';
import type { Stop } from './plan.ts';

/** A screen that was reached; `path`: labels of the buttons pressed on the way. */
export interface Screen {
  readonly stop: Stop;
  readonly path: readonly string[];
  /** Whether there was an answer. */
  readonly answered: boolean;
}

/**
 * Visits a stop and follows its buttons as deep as it says. Calls back for each screen whose shape differs from the
 * stop's other screens.
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
      // If only a check mark moved, the other buttons can be pressed from here.
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

/** A label without variable parts: marks, numbers, and what follows a colon. */
const nameOf = (label: string): string => (label.split(/[:：]/u)[0] ?? '').replace(/[^\p{L}]+/gu, ' ').trim();

/** The shape of a screen: how its text begins, and its buttons. */
const shapeOf = ({ words, controls }: Seen): string =>
  [nameOf(words.split('\n').find((line) => /\p{L}/u.test(line)) ?? ''), ...controls.map(nameOf)].join('\n');
