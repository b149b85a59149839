import { monitorEventLoopDelay } from 'node:perf_hooks';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../src/note/note.ts';
import type { PostType } from '../../src/note/post-types.ts';
import type { Store } from '../../src/store/store.ts';
import { archiveEvents } from '../archive/generated-notes.ts';
import { median, percentile } from '../timing.ts';
import { UNWANTED_BY_HALF } from './chats.ts';

/** Tasks that delivery has in progress at once. */
const IN_PROGRESS = 64;
const NOBODY: ReadonlySet<string> = new Set();
const TOTALS = 10;
const SOME_NOTES = 200;

/** In ms. */
export interface PassingTimes {
  /** Until readers of the store see the note. */
  readonly visible: number;
  /** Until a task for it is found: the first message can be sent. */
  readonly firstTask: number;
  /** Until all that don't want it have been passed over. */
  readonly accepted: number;
  /** The longest pause for everything else in the process meanwhile. */
  readonly pause: number;
}

/** In ms. */
export interface BroadcastTimes {
  /** `nextTasks` during the first tenth of the messages. */
  readonly looks: number;
  /** And during the last. */
  readonly looksLater: number;
  readonly looksP99: number;
  /** `stats.totals()` with all chats behind. */
  readonly totals: number;
}

function noteOf(postType: PostType): Note {
  for (const event of archiveEvents(SOME_NOTES)) {
    const note = eventToNote(event as VerifiedEvent);
    if (note?.postType === postType) return note;
  }
  throw new Error(`None of the notes is a ${postType}`);
}

async function timedWork<T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T]> {
  const began = performance.now();
  const result = await work();
  return [performance.now() - began, result];
}

const nextTasks = (store: Store) =>
  store.deliveries.nextTasks('telegram', 0, IN_PROGRESS, NOBODY, undefined, 0);

/** Publishes a note that half of the chats, all up to date, don't want. */
export async function passingTimes(store: Store): Promise<PassingTimes> {
  const note = noteOf(UNWANTED_BY_HALF);
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const began = performance.now();
  const sinceThen = (): number => performance.now() - began;
  let visible = Number.NaN;
  const firstTask = Promise.withResolvers<number>();
  await store.journal.accept([{ note, news: true }], () => {
    visible = sinceThen();
    // As delivery does.
    nextTasks(store).then(
      (tasks) => firstTask.resolve(tasks.length > 0 ? sinceThen() : Number.NaN),
      firstTask.reject,
    );
  });
  const accepted = sinceThen();
  const found = await firstTask.promise;
  pauses.disable();
  return { visible, firstTask: found, accepted, pause: pauses.max / 1e6 };
}

/** Publishes a note that all chats want, and records so many messages. */
export async function broadcastTimes(store: Store, messages: number): Promise<BroadcastTimes> {
  const note = noteOf('note');
  await store.journal.accept([{ note, news: true }]);
  const totals: number[] = [];
  for (let n = 0; n < TOTALS; n += 1) totals.push((await timedWork(() => store.stats.totals()))[0]);
  const looks: number[] = [];
  for (let sent = 0; sent < messages; ) {
    const [ms, tasks] = await timedWork(() => nextTasks(store));
    if (tasks.length === 0) throw new Error(`No tasks after ${sent} messages`);
    looks.push(ms);
    sent += tasks.length;
    await Promise.all(
      tasks.map(async ({ destination: { id }, entry: { seq, key } }) => {
        await store.deliveries.recordIntent(id, seq, 0);
        await store.deliveries.recordReceipt(
          id,
          seq,
          key,
          { noteId: note.id, part: 0, receipt: 'message 1' },
          true,
        );
      }),
    );
  }
  const tenth = Math.ceil(looks.length / 10);
  return {
    looks: median(looks.slice(0, tenth)),
    looksLater: median(looks.slice(-tenth)),
    looksP99: percentile(looks, 0.99),
    totals: median(totals),
  };
}
