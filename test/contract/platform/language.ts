import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { RATE_LIMITS } from '../../../src/command/rate-limits.ts';
import type { UserPreferences } from '../../../src/command/user-preferences.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import { type Document, paragraph, text } from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../../src/note/note.ts';
import { NOTHING_RESOLVED } from '../../../src/note/references/references.ts';
import { DEFAULT_PREFERENCES } from '../../../src/preferences/preferences.ts';
import { renderingFor } from '../../../src/wiring/delivery.ts';
import { ready, testPresenter } from '../../ready.fixture.ts';
import { type Case, type ContractFixture, replyText } from './driver.ts';
import { author } from './program.fixture.ts';

const PLACES = ['company', 'private'] as const;
/** 19:00 in UTC, three in the morning of the next day in Shanghai. */
const EVENING = Date.UTC(2025, 5, 16, 19) / 1000;
const poll = eventToNote(
  authorNamed('Mara').note('What should the new ferry be called?', {
    kind: 1068,
    createdAt: EVENING,
    tags: [
      ['option', 'a', 'Patience'],
      ['endsAt', String(EVENING)],
    ],
  }) as VerifiedEvent,
)!;
/** On Discord the reader's app formats times. */
const IN_SHANGHAI = new RegExp(`2025年6月17日\\s03:00|\\[time ${EVENING}\\]`, 'u');

export function describeLanguage(bench: ContractFixture, one: Case): void {
  /** Starts with a group subscribed and /random available. */
  const startChoosing = (choice: UserPreferences) =>
    bench.start(
      commands.map((command) =>
        command.name === 'random'
          ? {
              ...command,
              async run(_, { savePreferences }): Promise<Document> {
                await savePreferences(choice);
                return [paragraph(text('kept'))];
              },
            }
          : command,
      ),
    );

  one('Chinese users are answered in Chinese', async () => {
    await bench.start();
    bench.stage.speaks('reader', 'zh');
    for (const where of PLACES) {
      const help = replyText(await bench.stage.ask('/help', { where }));
      expect(help).toContain(zh.help.intro(author.name));
      expect(help).toContain(zh.commands.latest.description);
      expect(replyText(await bench.stage.ask('/latest', { where }))).toContain(
        zh.latest.heading(author.name),
      );
      expect(replyText(await bench.stage.press(zh.latest.older, { where }))).toContain(
        zh.latest.heading(author.name),
      );
      expect(replyText(await bench.stage.ask('/on someday', { where }))).toBe(zh.on.wrongDate('someday'));
    }
    expect(replyText(await bench.stage.ask('/help', { by: 'manager' }))).toContain(
      en.help.intro(author.name),
    );
  });

  one('a chosen language overrides the app’s', async () => {
    await startChoosing({ language: 'zh' });
    expect(replyText(await bench.stage.ask('/random'))).toBe('kept');
    for (const where of PLACES)
      expect(replyText(await bench.stage.ask('/on someday', { where }))).toBe(zh.on.wrongDate('someday'));
    await bench.stage.postButton('Old', 'nobody’s');
    expect(replyText(await bench.stage.press('Old'))).toBe(zh.platform.oldButton);
    const { burst, everyMs } = RATE_LIMITS.user;
    // Three requests were counted already.
    for (let count = 3; count < burst; count += 1) await bench.stage.ask('/status', { where: 'private' });
    expect(replyText(await bench.stage.ask('/status', { where: 'private' }))).toBe(
      zh.platform.tooOften(Math.ceil(everyMs / 1000)),
    );
  });

  one('public answers are in the chat’s language, unless the user chose one', async () => {
    await startChoosing({ language: 'en' });
    const { destination } = bench.stage;
    const preferences = { ...DEFAULT_PREFERENCES, language: 'zh' };
    await bench.program.store.destinations.subscribe({ id: destination, source: 'command', preferences });
    expect(replyText(await bench.stage.ask('/about'))).toContain(zh.about.nostr.slice(0, 8));
    expect(replyText(await bench.stage.ask('/help'))).toContain(en.help.intro(author.name));
    await bench.stage.ask('/random');
    expect(replyText(await bench.stage.ask('/about'))).toContain(en.about.nostr.slice(0, 20));
  });

  one('times are in the reader’s time zone and language', async () => {
    await startChoosing({ language: 'zh', timeZone: 'Asia/Shanghai' });
    await bench.program.store.journal.accept([{ note: poll, news: false }]);
    await bench.stage.ask('/random');
    for (const where of PLACES) {
      const read = replyText(await bench.stage.ask(`/read ${poll.id}`, { where }));
      expect(read).toMatch(IN_SHANGHAI);
      expect(read).toContain(zh.note.pollOfOne);
      // It was the next day in Shanghai.
      expect(replyText(await bench.stage.ask('/on 2025-06-17', { where }))).toContain('ferry');
      expect(replyText(await bench.stage.ask('/on 2025-06-16', { where }))).toContain(
        zh.on.none.day('2025年6月16日'),
      );
    }
  });

  one('posts are delivered in the chat’s language and time zone', async () => {
    const { platform, destination } = bench.stage;
    const rendering = renderingFor(platform, testPresenter(), async () => NOTHING_RESOLVED);
    const view = { ...DEFAULT_PREFERENCES, language: 'zh', timeZone: 'Asia/Shanghai' };
    for (const body of await rendering.renderNote(poll, view))
      await platform.send(destination, body, 'poll:0');
    const [shown] = bench.stage.shown();
    expect(shown?.text).toContain(zh.note.pollUntil);
    expect(shown?.text).toMatch(IN_SHANGHAI);
    expect([...(shown?.buttons ?? []), ...(shown?.links ?? []).map(({ label }) => label)]).toContain(
      zh.note.vote,
    );
  });

  one('texts that the adapter adds to a post are in the chat’s language', async () => {
    const { platform, destination } = bench.stage;
    const sounds: Document = [
      paragraph(text('🎙')),
      { type: 'media', items: [{ kind: 'audio', url: 'https://media.example/', alternatives: [] }] },
    ];
    const [body] = platform.render(ready(sounds, { language: 'zh' }), '');
    await platform.send(destination, body!, 'sounds:0');
    expect(bench.stage.shown()[0]?.text).toContain(zh.platform.audio);
  });
}
