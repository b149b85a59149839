import { setImmediate as turn } from 'node:timers/promises';

/** A place where the program may end: just before or just after something leaves it or is kept. */
export interface Point {
  readonly when: 'before' | 'after';
  /** `store.recordIntent` */
  readonly method: string;
  /** Counts the calls. */
  readonly call: number;
  /** Changes with whatever outlives the program. */
  readonly world: string;
}

/** One run of the program, which ends at a point of the test's choice. */
export interface Run {
  /** Counts the calls. */
  nextCall(): number;
  reach(point: Omit<Point, 'world'>): Promise<void>;
  /** It ends at the nth point from now, from 1 on. */
  dieIn(points: number): void;
  /** The next so many calls of the store fail, and nothing of them happens. */
  failStore(calls: number): void;
  readonly isOver: boolean;
  /** What is under way at the end waits for this. */
  readonly never: Promise<never>;
  /** All points so far, the last one is where it ended. */
  readonly points: readonly Point[];
  /** Calls under way. */
  inHand: number;
}

export function createRun(world: () => string | Promise<string> = () => ''): Run {
  const points: Point[] = [];
  let calls = 0;
  let last = Number.POSITIVE_INFINITY;
  let failures = 0;
  const never = new Promise<never>(() => undefined);
  return {
    nextCall: () => (calls += 1),
    async reach(point) {
      // A turn of the event loop each, so that those who are under way take turns.
      await turn();
      if (points.length >= last) return never;
      const seen = await world();
      if (points.length >= last) return never;
      points.push({ ...point, world: seen });
      if (points.length >= last) return never;
      if (failures <= 0 || point.when === 'after' || !point.method.startsWith('store.')) return undefined;
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
    never,
    points,
    inHand: 0,
  };
}

type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** The same, where each call of these methods is in hand until it returns. What fails after the end never returns. */
export function inHand<T extends object>(inner: T, methods: readonly (keyof T & string)[], life: Run): T {
  const outer: Partial<Record<keyof T, unknown>> = { ...inner };
  for (const method of methods) {
    const call = inner[method] as Call;
    outer[method] = async (...given: readonly unknown[]) => {
      life.inHand += 1;
      try {
        return await call(...given);
      } catch (error) {
        if (life.isOver) return await life.never;
        throw error;
      } finally {
        life.inHand -= 1;
      }
    };
  }
  return outer as T;
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
    const call = inner[method] as Call;
    outer[method] = async (...given: readonly unknown[]) => {
      const point = { method: `${name}.${method}`, call: life.nextCall() };
      await life.reach({ ...point, when: 'before' });
      const result = await call(...given);
      await life.reach({ ...point, when: 'after' });
      return result;
    };
  }
  return inHand(outer as T, methods, life);
}

/**
 * All ends that differ, each as the number of points up to it. If between two points nothing outside of the program
 * changed and no call began, an end at either leaves the same behind.
 */
export function differentEnds(points: readonly Point[]): readonly number[] {
  const leavesTheSame = (point: Point, before: Point | undefined): boolean =>
    point.world === before?.world &&
    (before.when === 'after' || (point.when === 'after' && point.call === before.call));
  return points.flatMap((point, index) => (leavesTheSame(point, points[index - 1]) ? [] : [index + 1]));
}

/** Of all ends that differ, the first of each kind that is not among those chosen before: before and after each method. */
export function endsOfEachKind(points: readonly Point[], chosen: Set<string>): readonly number[] {
  return differentEnds(points).filter((end) => {
    const { when, method } = points[end - 1] as Point;
    const kind = `${when} ${method}`;
    const isNew = !chosen.has(kind);
    chosen.add(kind);
    return isNew;
  });
}
