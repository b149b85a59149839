import fc from 'fast-check';
import type { InputRichMessage } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import {
  type Block,
  type Document,
  type Inline,
  inlineText,
  link,
  paragraph,
  text,
} from '../../src/note/document.ts';
import type { Message } from '../../src/platform/discord/render/message-forms.ts';
import { render as renderDiscord } from '../../src/platform/discord/render/render.ts';
import { withJudgedLinks, withVisibleTargets } from '../../src/platform/link-targets.ts';
import type { OutgoingClassic } from '../../src/platform/telegram/render/outgoing.ts';
import { render as renderTelegram } from '../../src/platform/telegram/render/render.ts';
import { toRichMessage } from '../../src/platform/telegram/render/rich.ts';
import { type Disguise, disguises, readBack } from '../disguised-links.fixture.ts';
import { readMarkdown } from './discord/markdown.fixture.ts';
import { textsOf } from './discord/render.fixture.ts';

interface Link {
  readonly label: string;
  readonly url: string;
}

/** The links of everything that a document becomes, in reading order. */
type Read = (document: Document) => readonly Link[];

const onDiscord =
  (variant: string): Read =>
  (document) =>
    renderDiscord(document, variant, en).flatMap((body) => {
      const { message } = body.call as { readonly message: Message };
      const embeds = message.embeds ?? [];
      const titles = embeds.flatMap(({ title, url }) => (title && url ? [{ label: title, url }] : []));
      const texts = [...textsOf(message), ...embeds.flatMap(({ description }) => description ?? [])];
      return [...titles, ...texts.flatMap((content) => readMarkdown(content).links)];
    });

const onTelegram: Read = (document) =>
  renderTelegram(document, 'classic').flatMap((body) => {
    const { text: words, entities } = body.call as OutgoingClassic;
    return entities.flatMap((entity) =>
      entity.type === 'text_link'
        ? [{ label: words.slice(entity.offset, entity.offset + entity.length), url: entity.url }]
        : [],
    );
  });

/** What a rich message leads to, wherever in it. */
function richLinks(part: unknown): readonly Link[] {
  if (Array.isArray(part)) return part.flatMap(richLinks);
  if (typeof part !== 'object' || part === null) return [];
  const { type, url, text: label } = part as { type?: unknown; url?: unknown; text?: unknown };
  if (type === 'url') return [{ label: String(label), url: String(url) }];
  return Object.values(part).flatMap(richLinks);
}

const onTelegramRich: Read = (document) =>
  richLinks(toRichMessage(document, en) satisfies InputRichMessage | undefined);

const EVIL = 'https://evil.example/login';

const around = (children: readonly Inline[]): readonly Inline[] => [
  text('Go to '),
  ...children,
  text(' now.'),
];

/** Places where people read links: with all of the disguise, or with its words where there is room for one label. */
const places: Readonly<Record<string, (disguise: Disguise) => Document>> = {
  'a paragraph': ({ children }) => [paragraph(...around(children))],
  'a paragraph of nothing else': ({ children }) => [paragraph(...children)],
  'a heading': ({ children }) => [{ type: 'heading', level: 2, children: around(children) }],
  'small print': ({ children }) => [{ type: 'small', children: around(children) }],
  'a list': ({ children }) => [{ type: 'list', items: [children, around(children)] }],
  'a quote': ({ children }) => [{ type: 'quote', children: [paragraph(...around(children))] }],
  'something hidden': ({ children }) => [
    { type: 'hidden', reason: 'Dull', children: [paragraph(...around(children))] },
  ],
  'a quotation': ({ label, urls: [url = ''] }) => [
    { type: 'quoted-note', author: label, url, children: [paragraph(text('Words.'))] },
  ],
  'a headline': ({ label, urls: [url = ''] }) => [{ type: 'link-card', url, title: label, site: 'a site' }],
  'a sound': ({ label, urls: [url = ''] }) => [
    { type: 'media', items: [{ kind: 'audio', url, alternatives: [], alt: label }] },
  ],
  'a title above a page': ({ label, urls: [url = ''] }) => [
    { type: 'heading', level: 2, children: [text(label)] },
    paragraph(text('Words.')),
    { type: 'buttons', rows: [[{ label: 'Open', url }]] } satisfies Block,
  ],
  'a name': ({ label, urls: [url = ''] }) => [
    paragraph(text('With '), { type: 'mention', pubkey: 'ab', name: label, url, written: 'nostr:x' }),
  ],
};

describe.each<readonly [string, Read]>([
  ['Discord’s cards', onDiscord('card')],
  ['Discord’s embeds', onDiscord('embed')],
  ['Discord’s plain messages', onDiscord('plain')],
  ['Telegram', onTelegram],
  ['Telegram’s rich messages', onTelegramRich],
])('on %s', (_, linksIn) => {
  test.each(Object.entries(places))(
    'no link in %s is read as an address that it does not lead to',
    (place, of) => {
      fc.assert(
        fc.property(disguises, (disguise) => {
          const links = linksIn(of(disguise));
          const labels = links.map(({ label, url }) =>
            label === url ? '\n' : label.replaceAll(':seal:', ''),
          );
          expect(readBack(labels.join(''))).not.toContain(disguise.bait);
          // In running text the way there is kept, as what it is.
          const due = place.startsWith('a paragraph') ? disguise.urls : [];
          expect(links).toEqual(expect.arrayContaining(due.map((url) => ({ label: url, url }))));
        }),
        { numRuns: 150 },
      );
    },
  );
});

test('what was judged whole stays judged in each piece that it is cut into', () => {
  const [whole] = withJudgedLinks([paragraph(...around([link(EVIL, 'bank'), link(EVIL, '.example')]))]);
  const run = whole?.type === 'paragraph' ? whole.children : [];
  const pieces = [run.slice(0, 2), run.slice(2)].map(withVisibleTargets);
  const labels = pieces.flat().flatMap((inline) => (inline.type === 'link' ? [inline.label] : []));
  expect(labels).toEqual([undefined]);
  expect(inlineText(pieces.flat())).toBe(`Go to bank.example (${EVIL}) now.`);
});

test('a run in which nothing is disguised is the same object in each rendering', () => {
  const [whole] = withJudgedLinks([paragraph(...around([link(EVIL, 'here')]))]);
  const run = whole?.type === 'paragraph' ? whole.children : [];
  expect(withVisibleTargets(run)).toBe(run);
});

test('an address that is judged in one place is judged anew in another', () => {
  const shared = link(EVIL, 'bank');
  withJudgedLinks([paragraph(shared)]);
  const beside = withVisibleTargets([shared, link(EVIL, '.example')]);
  expect(beside.some((inline) => inline.type === 'link' && inline.label !== undefined)).toBe(false);
});

test('a custom emoji whose name is read as a scheme makes no address of the link behind it', () => {
  const url = 'https://evil.example/';
  const link = (child: Inline): Inline => ({ type: 'link', url, written: url, label: [child] });
  const emoji: Inline = { type: 'emoji', name: 'https', url: 'https://e.example/1.png' };
  const document = [paragraph(link(emoji), link(text('//paypal')))];
  for (const read of [onDiscord('plain'), onTelegram, onTelegramRich])
    expect(read(document).map(({ label }) => label)).toEqual([url]);
});
