import type { Values } from '../store/values.ts';

/** Which notes are news, by their date in seconds since 1970. All others only go into the archive. */
export interface NewsDates {
  /** Later ones are news. */
  readonly since: number;
  /** Up to then nothing is news, even if it arrives live: it went out before a backup was restored. */
  readonly settledUntil: number;
}

/** From the first start, which is recorded, or the last time a backup was restored (`store/sqlite/backup/restored.ts`). */
export async function newsDates(values: Values, nowMs: number): Promise<NewsDates> {
  const settings = values.keyv<number>('setting');
  const settledUntil = Math.floor(((await settings.get('restored-at')) ?? 0) / 1000);
  const began = (await settings.get('began-at')) ?? Math.floor(nowMs / 1000);
  await settings.set('began-at', began);
  return { since: Math.max(began, settledUntil), settledUntil };
}
