import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NostrEvent } from '../../src/note/note.ts';

/** A folder of golden files: an event, and the calls that both platforms get for it; none if it doesn't become a note. */
export interface GoldenCase {
  readonly name: string;
  readonly event: NostrEvent;
  readonly discord: readonly DiscordCall[];
  readonly telegram: readonly TelegramCall[];
}

/** A message in the form of Discord's API. */
export interface DiscordCall {
  readonly message: Readonly<Record<string, unknown>>;
}

/** A Bot API call, reduced to what a reader sees. Unknown types of calls are kept as they are. */
export interface TelegramCall {
  readonly type: string;
  readonly text?: string;
  readonly entities?: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly preview?: string;
  readonly items?: readonly TelegramItem[];
  readonly keyboard?: unknown;
}

export interface TelegramItem {
  readonly type: string;
  readonly urls: readonly string[];
  readonly spoiler: boolean;
  readonly label: string;
  readonly durationS?: number;
}

/** All cases in a folder, by name. Throws if one of a case's files is missing or is not JSON. */
export function readCases(folder: string): readonly GoldenCase[] {
  const read = (name: string, file: string): unknown =>
    JSON.parse(readFileSync(join(folder, name, file), 'utf8'));
  return globSync('*/event.json', { cwd: folder })
    .map(dirname)
    .sort()
    .map((name) => ({
      name,
      event: read(name, 'event.json') as NostrEvent,
      discord: read(name, 'discord.json') as readonly DiscordCall[],
      telegram: read(name, 'telegram.json') as readonly TelegramCall[],
    }));
}
