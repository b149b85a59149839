import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { DEFAULT_POST_TYPES } from '../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { chatIds } from '../wire/environment.ts';

/** One destination in this many is a Discord channel; the others are Telegram chats. */
const ONE_CHANNEL_IN = 20;

/** Messages per note on each platform. */
export interface ExpectedMessages {
  readonly discord: number;
  readonly telegram: number;
}

export const channelsOf = (destinations: number): number => Math.ceil(destinations / ONE_CHANNEL_IN);

/** Subscribes all destinations; only `few` of them, on both platforms, want notes. */
export async function subscribe(
  path: string,
  channels: readonly string[],
  destinations: number,
  few: number,
): Promise<ExpectedMessages> {
  const store = openStore({ path, log: silentLog, noteFrom: eventToNote });
  const all = [
    ...channels.map((id) => `discord:${id}`),
    ...chatIds(destinations - channels.length).map((id) => `telegram:${id}`),
  ];
  const isWanting = (index: number) =>
    Math.floor(((index + 1) * few) / all.length) > Math.floor((index * few) / all.length);
  const wanting = all.filter((_, index) => isWanting(index));
  await Promise.all(
    all.map((id, index) =>
      store.destinations.subscribe({
        id,
        source: 'command',
        preferences: { ...DEFAULT_PREFERENCES, postTypes: isWanting(index) ? DEFAULT_POST_TYPES : ['video'] },
      }),
    ),
  );
  await store.close();
  const discord = wanting.filter((id) => id.startsWith('discord:')).length;
  return { discord, telegram: wanting.length - discord };
}

/** Makes all destinations want notes. */
export function wantAll(path: string): void {
  const db = new DatabaseSync(path);
  db.prepare("UPDATE destination SET choices = '', post_types = ?").run(` ${DEFAULT_POST_TYPES.join(' ')} `);
  db.close();
}
