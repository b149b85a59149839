import { setImmediate as turn } from 'node:timers/promises';

/** One run of the program, which ends at a point of the test's choice. */
export interface Run {
  /** A place where it may end: just before or just after something leaves the program or is kept. */
  reach(point: string): Promise<void>;
  /** It ends at the nth point from now, from 1 on. */
  dieIn(points: number): void;
  /** The next so many calls of the store fail, and nothing of them happens. */
  failStore(calls: number): void;
  readonly isOver: boolean;
  /** All points so far, the last one is where it ended. */
  readonly points: readonly string[];
  /** Calls under way. */
  inHand: number;
}

export function createRun(): Run {
  const points: string[] = [];
  let last = Number.POSITIVE_INFINITY;
  let failures = 0;
  const over = new Promise<never>(() => undefined);
  return {
    async reach(point) {
      // A turn of the event loop each, so that those who are under way take turns.
      await turn();
      if (points.length >= last) return over;
      points.push(point);
      if (points.length >= last) return over;
      if (failures <= 0 || !point.startsWith('before store.')) return undefined;
      failures -= 1;
      throw new Error('database or disk is full');
    },
    dieIn(count) {
      last = points.length + count;
    },
    failStore(calls) {
      failures = calls;
    },
    get isOver() {
      return points.length >= last;
    },
    points,
    inHand: 0,
  };
}

/** The same with a point before and after each call of these methods. Whatever is under way at the end never returns. */
export function withPoints<T extends object>(
  inner: T,
  name: string,
  methods: readonly (keyof T & string)[],
  life: Run,
): T {
  const outer: Partial<Record<keyof T, unknown>> = { ...inner };
  for (const method of methods) {
    const call = inner[method] as (...given: readonly unknown[]) => Promise<unknown>;
    outer[method] = async (...given: readonly unknown[]) => {
      life.inHand += 1;
      try {
        await life.reach(`before ${name}.${method}`);
        const result = await call(...given);
        await life.reach(`after ${name}.${method}`);
        return result;
      } finally {
        life.inHand -= 1;
      }
    };
  }
  return outer as T;
}
