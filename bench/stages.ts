import { silentLog } from '../src/lib/log.ts';
import { eventToNote } from '../src/note/event-to-note.ts';
import { DEFAULT_WEB_CLIENT } from '../src/note/links/web-client-links.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../src/note/note.ts';
import { createPresenter } from '../src/note/present/finish.ts';
import { createDiscord } from '../src/platform/discord/discord.ts';
import { LONG_TEXT_MODES } from '../src/platform/style-spec.ts';
import { createTelegram } from '../src/platform/telegram/telegram.ts';

/** The steps of an event on its way to readers. */
export interface Stages {
  /** `undefined` if the event isn't a note, for example only white space. */
  parse(event: NostrEvent): Note | undefined;
  discord(note: Note): number;
  telegram(note: Note): number;
  /** Presents it and renders it in every style and length for both platforms, step by step. Without `auto`, which is one of the others. */
  everyRendering(note: Note): Generator<() => Promise<unknown>>;
}

/** The program's own functions. Nothing is sent. The renderers report how many messages they made. */
export function createStages(): Stages {
  const options = { token: '1:bench', apiUrl: 'http://127.0.0.1:9', log: silentLog };
  const discord = createDiscord(options);
  const telegram = createTelegram(options);
  const presenter = createPresenter({
    webClient: DEFAULT_WEB_CLIENT,
    mediaServers: () => [],
    author: () => ({ pubkey: '', npub: '', name: '', unnamed: true }),
  });
  return {
    parse: (event) => eventToNote(event as VerifiedEvent),
    discord: (note) => discord.render(presenter.finishNote(note, {}), 'card').length,
    telegram: (note) => telegram.render(presenter.finishNote(note, {}), 'classic').length,
    *everyRendering(note) {
      let document = presenter.finish([], {});
      yield async () => (document = presenter.finishNote(note, {}));
      for (const platform of [discord, telegram])
        for (const style of platform.styles)
          for (const long of LONG_TEXT_MODES.filter((one) => one !== 'auto'))
            yield () => platform.renderAsync(document, `${style}/${long}`);
    },
  };
}
