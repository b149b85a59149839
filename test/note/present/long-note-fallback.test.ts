import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import {
  type Block,
  buttons,
  type Inline,
  link,
  paragraph,
  strong,
  text,
} from '../../../src/note/document.ts';
import {
  rewriteFallbackLinks,
  rewriteLinks,
  webClientLinks,
} from '../../../src/note/links/web-client-links.ts';
import { longNoteFallback } from '../../../src/note/present/long-note-fallback.ts';
import { noteOf } from '../events.fixture.ts';

const VIEWER = 'https://viewer.example/e/{code}?from=postrider';

test('an article brings its summary', () => {
  const brief = longNoteFallback(
    noteOf({
      kind: 30_023,
      tags: [
        ['d', 'harbours'],
        ['title', 'Harbours'],
        ['summary', ' In short: #cranes. '],
      ],
      content: 'The harbour is quiet.',
    }),
    en,
  );
  expect(brief).toMatchObject({
    isArticle: true,
    summary: [{ text: 'In short: ' }, { type: 'hashtag', tag: 'cranes' }, { text: '.' }],
    readOn: { label: 'Read more', url: expect.stringMatching(/^https:\/\/njump\.me\/naddr1/u) },
  });
});

test('a note has none, whatever its tags say', () => {
  const brief = longNoteFallback(noteOf({ content: 'Quiet.', tags: [['summary', 'Loud.']] }), en);
  expect(brief).toEqual({
    isArticle: false,
    readOn: { label: 'Read more', url: expect.stringMatching(/^https:\/\/njump\.me\/nevent1/u) },
  });
});

test('references lead to the operator’s web client, at any depth', () => {
  const mention: Inline = {
    type: 'mention',
    pubkey: 'ab',
    name: 'Mira',
    url: 'https://njump.me/npub1x',
    written: 'nostr:npub1x',
  };
  const note: Inline = { ...link('https://njump.me/note1x', 'a note'), written: 'nostr:note1x' } as Inline;
  const quoted: Block = { type: 'quoted-note', author: 'Mira', url: 'https://njump.me/note1y', children: [] };
  const document: readonly Block[] = [
    { type: 'quote', children: [{ type: 'list', items: [[strong(mention)]] }, quoted] },
    { type: 'hidden', reason: 'War', children: [paragraph(note)] },
    buttons([{ label: 'Open', url: 'https://njump.me/note1z' }]),
  ];
  const addresses = JSON.stringify(rewriteLinks(document, webClientLinks(VIEWER))).match(/https:[^"]+/gu);
  expect(addresses).toEqual(
    ['npub1x', 'note1y', 'note1x', 'note1z'].map((code) => VIEWER.replace('{code}', code)),
  );
});

test('what the author linked to stays as it was written', () => {
  const written: readonly Block[] = [
    paragraph(link('https://njump.me/npub1x'), text(' '), link('https://njump.me/npub1x', 'Mira')),
    paragraph({ type: 'link', url: 'https://njump.me/npub1x', written: 'njump.me/npub1x' }),
    buttons([{ label: 'Website', url: 'https://a.example' }]),
  ];
  expect(rewriteLinks(written, webClientLinks(VIEWER))).toEqual(written);
});

test('so does the way to the rest of a long text', () => {
  const brief = {
    isArticle: true,
    summary: [text('a')],
    readOn: { label: 'Read more', url: 'https://njump.me/note1x' },
  };
  expect(rewriteFallbackLinks(brief, webClientLinks(VIEWER)).readOn.url).toBe(
    VIEWER.replace('{code}', 'note1x'),
  );
});
