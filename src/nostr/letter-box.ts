import type { Log } from '../log.ts';
import type { BotKey } from './bot-key.ts';
import { type Connection, connect } from './connection.ts';
import { type Letter, MAX_BACK_S, openLetter, WRAP } from './letter.ts';
import { createMemory } from './memory.ts';
import { showKey } from './show-key.ts';
import { doubled, pause, type Timers } from './timers.ts';
import { prefixOf } from './trouble.ts';
import type { Verifier } from './verify.ts';

export interface LetterBoxOptions {
  /** Relays where letters to us are left: the operator's. */
  readonly urls: readonly string[];
  readonly key: BotKey;
  /** The only one whose letters are read. */
  readonly from: string;
  readonly verifier: Verifier;
  /** Is given each letter, some of them again after a restart. What it rejects comes again with the next connection. */
  take(letter: Letter): Promise<void>;
  readonly timers: Timers;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
  random(): number;
}

/** A letter counts as long as so many seconds after it was written: what is older is a replay. */
const FRESH_S = 14 * 86_400;
const MAX_AHEAD_S = 900;
/** Wraps that a relay gives of what came while we were away. */
const MAX_STORED = 500;
/** Anybody can send wraps, and opening one takes milliseconds: so many, and then everything else has its turn. */
const BURST = 20;
const REMEMBERED = 5_000;

/** Reads letters at all the relays until the signal aborts. */
export async function readLetters(options: LetterBoxOptions): Promise<void> {
  const { key, from, verifier, timers, signal, now, random, log } = options;
  /** Wraps that were read, and letters that were taken. */
  const done = createMemory(REMEMBERED);
  let opened = 0;
  let line: Promise<unknown> = Promise.resolve();

  async function look(candidate: unknown): Promise<void> {
    const { id } = candidate as { readonly id?: unknown };
    if (typeof id === 'string' && done.has(id)) return;
    opened += 1;
    if (opened % BURST === 0) await pause(timers.letterPauseMs, signal).over;
    const result = openLetter(candidate, { key, from, verifier });
    if (result.status === 'rejected') return log.debug('letter.rejected', { reason: result.reason });
    const { letter } = result;
    const ageS = now() / 1000 - letter.created_at;
    if (ageS > FRESH_S || ageS < -MAX_AHEAD_S) return log.debug('letter.rejected', { reason: 'bad date' });
    await taken(letter);
    // Only what was genuine counts: a forged copy must not keep the real one out.
    done.add({ id: String(id), createdAt: letter.created_at });
  }

  async function takeOnce(letter: Letter): Promise<void> {
    if (done.has(letter.id)) return;
    await options.take(letter);
    done.add({ id: letter.id, createdAt: letter.created_at });
  }

  /** One at a time, as the same letter comes from several relays. */
  function taken(letter: Letter): Promise<void> {
    const mine = line.then(() => takeOnce(letter));
    line = mine.catch(() => undefined);
    return mine;
  }

  async function attend(connection: Connection, url: string): Promise<string> {
    const since = Math.floor(now() / 1000) - FRESH_S - MAX_BACK_S;
    const filter = { kinds: [WRAP], '#p': [key.pubkey], since, limit: MAX_STORED };
    let subscription = connection.subscribe(filter);
    let challenged: string | undefined;
    for (;;) {
      const frames = await connection.read(timers.refreshMs);
      let isRefused = false;
      for (const frame of frames) {
        if (frame.type === 'gone') return frame.reason;
        if (frame.type === 'event') await look(frame.event);
        if (frame.type === 'eose') log.debug('letters.read', { relay: url });
        if (frame.type === 'closed') {
          if (prefixOf(frame.reason) !== 'auth-required') return frame.reason;
          isRefused = true;
        }
      }
      // Some refuse and some just leave out what is for others: to our own letter box the key is shown without being asked twice.
      const challenge = connection.challenge();
      if (challenge === challenged) {
        if (isRefused) return 'refuses our key';
        continue;
      }
      challenged = challenge;
      const isTaken = await showKey(connection, { url, key, nowMs: now(), withinMs: timers.pageSilenceMs });
      if (!isTaken && isRefused) return 'refuses our key';
      connection.unsubscribe(subscription);
      subscription = connection.subscribe(filter);
    }
  }

  async function readAt(url: string): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      const startedAt = now();
      try {
        const connection = await connect(url, { timers, log: log.with({ relay: url }), signal });
        try {
          const reason = await attend(connection, url);
          if (!signal.aborted) log.info('letters.interrupted', { relay: url, reason });
        } finally {
          connection.close('stopped');
        }
      } catch (error) {
        if (!signal.aborted) log.warn('letters.unread', { relay: url, error });
      }
      if (now() - startedAt > timers.retryMaxMs) tries = 0;
      await pause(random() * doubled(tries, timers.retryMs, timers.retryMaxMs), signal).over;
    }
  }

  await Promise.all(options.urls.map(readAt));
}
