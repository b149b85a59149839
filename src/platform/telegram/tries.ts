import { en } from '../../text/en.ts';
import type { SendResult } from '../platform.ts';
import { receiptOf, type Standing, targetOf } from './chat.ts';
import type { Calls } from './client.ts';
import type { Contention } from './contention.ts';
import { type Failure, failureOf } from './errors.ts';
import { faultOf } from './fault.ts';
import type { Flood } from './flood.ts';
import type { Harmless } from './harmless.ts';
import { fresh, type Progress } from './put.ts';

/** Things that failed whose progress is kept. */
const MAX_OPEN = 1_000;
/** Delivery asks again after so long while we stand aside for another instance. */
const ASIDE_MS = 30_000;
/** So many faults of Telegram's own in a row, and another way is tried: with the waits between, most of a minute. */
const STUBBORN = 6;

export interface TriesParts {
  readonly calls: Pick<Calls, 'getChat'>;
  readonly harmless: Harmless;
  readonly contention: Pick<Contention, 'state'>;
  readonly flood: Flood;
}

/**
 * One try to send, change or take back something, and what became of it: `work` throws what Telegram answers, or
 * settles with what stands there. `thing` joins the tries of the same thing, which share their progress.
 */
export type Try = (
  destination: string,
  thing: string,
  work: (progress: Progress) => Promise<Standing>,
) => Promise<SendResult>;

export function createTries({ calls, harmless, contention, flood }: TriesParts): Try {
  const open = new Map<string, Progress>();

  function keep(name: string, progress: Progress): void {
    open.set(name, progress);
    const oldest = open.keys().next().value;
    if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
  }

  return async (destination, thing, work) => {
    const waiting = withheld();
    if (waiting) return waiting;
    const name = `${destination} ${thing}`;
    const progress = open.get(name) ?? fresh();
    open.delete(name);
    const result = (await silence(progress)) ?? (await attempted(destination, progress, work));
    if (result.status !== 'sent' && result.status !== 'rejected') keep(name, progress);
    return result;
  };

  /** Why nothing may be sent now, whatever it is. */
  function withheld(): Failure | undefined {
    const all = { status: 'retry', scope: 'platform', uncertain: false } as const;
    if (contention.state() === 'aside')
      return { ...all, afterMs: ASIDE_MS, reason: en.telegram.trouble.aside };
    const afterMs = flood.quietForMs();
    return afterMs > 0 ? { ...all, afterMs, reason: 'Too many requests before this one' } : undefined;
  }

  /** What may stand there already is repeated only when Telegram answers again: once for each lost answer. */
  async function silence({ lost }: Progress): Promise<Failure | undefined> {
    if (lost === 0) return undefined;
    const fault = await harmless();
    if (!fault) return undefined;
    const failure = failureOf(fault);
    return failure.status === 'retry' ? { ...failure, uncertain: false } : failure;
  }

  async function attempted(
    destination: string,
    progress: Progress,
    work: (progress: Progress) => Promise<Standing>,
  ): Promise<SendResult> {
    try {
      return { status: 'sent', receipt: receiptOf(await work(progress)) };
    } catch (error) {
      return failed(error, targetOf(destination).chat_id, progress);
    }
  }

  async function failed(error: unknown, chat: number | string, progress: Progress): Promise<Failure> {
    const { kind, reason, uncertain } = faultOf(error);
    const failure = failureOf(error, progress.puzzled);
    progress.broken = kind === 'busy' || kind === 'no-answer' ? progress.broken + 1 : 0;
    progress.puzzled = kind === 'unknown' || kind === 'unreadable' || progress.broken >= STUBBORN;
    if (uncertain) progress.lost += 1;
    if (failure.status === 'retry' && kind === 'rate')
      return { ...failure, scope: flood.refused(chat, failure.afterMs ?? 0) };
    if (failure.status !== 'unreachable' || !/chat not found/i.test(reason) || !(await exists(chat)))
      return failure;
    if (progress.missed) return { ...failure, gone: false };
    progress.missed = true;
    return { status: 'retry', scope: 'destination', uncertain: false, reason };
  }

  /** "Chat not found" has been said of chats that were there; so it is asked for once more, by another method. */
  async function exists(chat_id: number | string): Promise<boolean> {
    try {
      await calls.getChat({ chat_id });
      return true;
    } catch (error) {
      return faultOf(error).kind !== 'gone';
    }
  }
}
