import { silent } from '../src/log.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../src/note/note.ts';
import { noteFrom } from '../src/note/note-from.ts';
import { present } from '../src/note/present.ts';
import { createDiscord } from '../src/platform/discord/discord.ts';
import { createTelegram } from '../src/platform/telegram/create.ts';
import { textsFor } from '../src/text/texts.ts';

/** What is done to an event on its way to readers, one step after the other. */
export interface Stages {
  /** `undefined` for what is no note: white space, say. */
  parse(event: NostrEvent): Note | undefined;
  discord(note: Note): number;
  telegram(note: Note): number;
}

/** The program's own functions. Nothing is sent: `render` is pure. The renderers say how many messages they made. */
export function createStages(): Stages {
  const options = { token: '1:bench', apiUrl: 'http://127.0.0.1:9', log: silent };
  const discord = createDiscord(options);
  const telegram = createTelegram(options);
  const texts = textsFor('en');
  return {
    parse: (event) => noteFrom(event as VerifiedEvent),
    discord: (note) => discord.render(present(note, texts), 'card').length,
    telegram: (note) => telegram.render(present(note, texts), 'classic').length,
  };
}
