import { expect, test } from 'vitest';
import type { UserRequest } from '../../src/command/request.ts';
import { createTestPosts } from '../../src/delivery/test-posts.ts';
import { buttons, type Document, paragraph, small, text } from '../../src/note/document.ts';
import { CANONICAL_WEB_CLIENT } from '../../src/note/pointer.ts';
import type { DeliveryOptions, Host, Platform } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { hostWithWebClient, platformWithWebClient } from '../../src/wiring/web-client.ts';

const CODE = `note1${'q'.repeat(58)}`;
const document: Document = [
  paragraph(text('Salt')),
  buttons([{ label: 'Open', url: CANONICAL_WEB_CLIENT + CODE }]),
];
const OURS = 'https://viewer.example/{code}';
const brief = { isArticle: false, readOn: { label: 'Read more', url: CANONICAL_WEB_CLIENT + CODE } };

/** A platform that notes what it is asked. */
function noting() {
  const asked: { rendered: unknown[]; sent: DeliveryOptions[]; removed: unknown[] } = {
    rendered: [],
    sent: [],
    removed: [],
  };
  const platform = {
    name: 'telegram',
    render(...given: unknown[]) {
      asked.rendered.push(given);
      return [{ cost: 1, call: given }];
    },
    async rendered(...given: unknown[]) {
      asked.rendered.push(given);
      return [{ cost: 1, call: given }];
    },
    async send(_to: string, _body: unknown, _key: string, sending: DeliveryOptions = {}) {
      asked.sent.push(sending);
      return { status: 'sent', receipt: 'r' } as const;
    },
    async remove(...given: unknown[]) {
      asked.removed.push(given);
      return { status: 'sent', receipt: 'r' } as const;
    },
  } as unknown as Platform;
  return { asked, platform };
}

test.each(['render', 'rendered'] as const)(
  'what a platform %ss leads to the web client of the operator',
  async (way) => {
    const { asked, platform } = noting();
    await platformWithWebClient(platform, OURS)[way](document, 'classic', brief, 'zh');
    expect(JSON.stringify(asked.rendered)).not.toContain(CANONICAL_WEB_CLIENT);
    expect(JSON.stringify(asked.rendered).split(`https://viewer.example/${CODE}`)).toHaveLength(3);
  },
);

test('and so does whatever a platform renders by itself', async () => {
  const note = { id: '', date: '', headline: '', teaser: '', document, brief };
  const host = hostWithWebClient(
    {
      welcome: async () => document,
      async handle(_request, { preview, answer }) {
        await preview?.({ document, brief, look: '' });
        await answer({ document, to: 'asker', language: 'en' });
      },
      shareNotes: async () => ({ notes: [note], language: 'en' }),
    } as Partial<Host> as Host,
    OURS,
  );
  const shown: unknown[] = [];
  const show = async (what: unknown): Promise<void> => void shown.push(what);
  await host.handle({} as UserRequest, {
    accept() {},
    refuse: show,
    answer: show,
    preview: async (post) => (shown.push(post), { outcome: 'posted' }),
  });
  shown.push(await host.welcome?.({ home: '', language: 'en', destinations: [] }));
  shown.push(await host.shareNotes({ words: '', offset: '', user: '', language: 'en' }));
  expect(JSON.stringify(shown)).not.toContain(CANONICAL_WEB_CLIENT);
  expect(JSON.stringify(shown).split(`https://viewer.example/${CODE}`)).toHaveLength(7);
});

test.each([
  [{ from: 22 * 60, to: 7 * 60, manner: 'silence' as const }, true],
  [{ from: 22 * 60, to: 7 * 60, manner: 'hold' as const }, true],
  [{ from: 8 * 60, to: 9 * 60, manner: 'silence' as const }, false],
])('samples keep quiet hours (%j) and speak the place’s language', async (quiet, silent) => {
  const { asked, platform } = noting();
  const receipts = new Map<string, readonly string[]>();
  const trial = createTestPosts({
    platforms: [platform],
    storage: {
      get: async (key) => receipts.get(key),
      set: async (key, value) => receipts.set(key, value),
      delete: async (key) => receipts.delete(key),
    },
    clock: { now: () => Date.UTC(2026, 0, 5, 23) } as never,
  });
  const choices = { ...DEFAULT_PREFERENCES, quiet, look: 'rich/cut', reportedLanguage: 'zh' };
  const sample = { name: 'link', postType: 'link', document: [small(text('x'))] } as const;
  expect(await trial.post('telegram:1', [sample], choices)).toEqual([{ name: 'link', outcome: 'posted' }]);
  expect(asked.rendered).toEqual([[sample.document, 'rich/cut', undefined, 'zh']]);
  expect(asked.sent.map((sending) => sending.silent)).toEqual([silent]);
  expect(await trial.takeAway('telegram:1', choices)).toBe(true);
  expect(asked.removed).toEqual([['telegram:1', 'r', 'zh']]);
});
