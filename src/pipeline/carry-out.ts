import type { Log } from '../log.ts';
import type { Note } from '../note/note.ts';
import type { Body, Platform, SendResult } from '../platform/platform.ts';
import type { Store, Task } from '../store/store.ts';
import type { Counters } from './counters.ts';
import { backoffMs, type Clock } from './timing.ts';

/** How a note becomes bodies: once per platform and variant, not per destination. May take some seconds. */
export type Step = (note: Note, variant: string) => Promise<readonly Body[]>;

export interface CarryOutParts {
  readonly store: Store;
  readonly platform: Platform;
  readonly step: Step;
  readonly log: Log;
  readonly clock: Clock;
  readonly counters: Counters;
  /** From 0 to 1, as `Math.random`. */
  random(): number;
  /** False where that many messages may not be sent now: the rest of the task is for later. */
  maySpend(cost: number): Promise<boolean>;
  pauseAll(ms: number): void;
}

/** One API call of a task, and what the store is to be told once it is done. */
interface Move {
  readonly part: number;
  readonly cost: number;
  call(): Promise<SendResult>;
  /** `last`: with it the entry is settled. */
  done(receipt: string, last: boolean): Promise<void>;
}

/**
 * Brings one destination one journal entry further: sends, edits or takes back part after part, each intent recorded
 * before the call and each receipt after it. Stops at the first call that does not succeed and tells the store why;
 * what is done stays done, so that the next try goes on from there.
 */
export async function carryOut(task: Task, parts: CarryOutParts): Promise<'done' | 'later' | 'halted'> {
  const { store, clock, log, counters, platform } = parts;
  const { destination, entry } = task;
  const labels = { platform: platform.name };
  const about = { destination: destination.id, seq: entry.seq, action: entry.action, key: entry.key };
  if (task.inDoubt !== undefined) {
    counters.add('messages_in_doubt_total', labels);
    log.warn('message.in-doubt', { ...about, part: task.inDoubt });
  }
  const moves = await movesOf(task, parts);
  if (moves.length === 0) await store.skip(destination.id, entry.seq);
  for (const [index, move] of moves.entries()) {
    if (!(await parts.maySpend(move.cost))) return 'later';
    await store.begin(destination.id, entry.seq, move.part);
    const result = await move.call();
    switch (result.status) {
      case 'sent':
        await move.done(result.receipt, index === moves.length - 1);
        counters.add('messages_sent_total', { ...labels, action: entry.action });
        log.info('message.sent', { ...about, part: move.part });
        continue;
      case 'retry': {
        const ms = result.afterMs ?? backoffMs(task.attempts, parts.random);
        if (result.scope === 'platform') parts.pauseAll(ms);
        await store.postpone(destination.id, clock.now() + ms, result.uncertain);
        counters.add('messages_retried_total', labels);
        // To be told when to come again is how rate limits work; anything else is worth a look.
        log[result.afterMs === undefined ? 'warn' : 'debug']('message.retrying', {
          ...about,
          part: move.part,
          afterMs: ms,
          uncertain: result.uncertain,
          reason: result.reason,
        });
        return 'later';
      }
      case 'rejected':
        await store.skip(destination.id, entry.seq);
        counters.add('messages_rejected_total', labels);
        log.error('message.rejected', { ...about, part: move.part, reason: result.reason });
        return 'done';
      case 'unreachable':
        await store.suspend(destination.id, result.remedy ?? result.reason, result.gone);
        counters.add('destinations_lost_total', labels);
        log.warn(result.gone ? 'destination.gone' : 'destination.suspended', {
          ...about,
          reason: result.reason,
        });
        return 'later';
      case 'moved':
        await store.move(destination.id, result.to);
        log.info('destination.moved', { ...about, to: result.to });
        return 'later';
      case 'halted':
        log.error('platform.halted', { ...about, reason: result.reason });
        return 'halted';
    }
  }
  return 'done';
}

async function movesOf(task: Task, { store, platform, step }: CarryOutParts): Promise<readonly Move[]> {
  const { destination, entry, note, receipts } = task;
  const { id } = destination;
  const standing = [...receipts].sort((a, b) => a.part - b.part);
  const bodies = note && entry.action !== 'delete' ? await step(note, destination.variant) : [];
  const surplus = standing.filter(({ part }) => part >= bodies.length).reverse();
  const removals = surplus.map(
    ({ part, receipt }): Move => ({
      part,
      cost: 1,
      call: () => platform.remove(id, receipt),
      done: (_receipt, last) => store.removed(id, entry.seq, entry.key, part, last),
    }),
  );
  if (!note) return removals;

  const shown = new Map(standing.map((receipt) => [receipt.part, receipt]));
  const writings = bodies.flatMap((body, part): Move[] => {
    const old = shown.get(part);
    // A part that shows this version already was delivered before a crash.
    if (old?.noteId === note.id) return [];
    const key = `${id}|${entry.seq}|${part}`;
    const replyTo = part === 0 ? task.replyTo : undefined;
    return [
      {
        part,
        cost: body.cost,
        call: () => (old ? platform.edit(id, old.receipt, body) : platform.send(id, body, key, replyTo)),
        done: (receipt, last) =>
          store.delivered(id, entry.seq, entry.key, { noteId: note.id, part, receipt }, last),
      },
    ];
  });
  return [...writings, ...removals];
}
