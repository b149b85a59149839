import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import { buttons, type Document, documentText, paragraph, text } from '../../../src/note/document.ts';
import { placeholder } from '../../../src/note/placeholders.ts';
import { CANONICAL_WEB_CLIENT } from '../../../src/note/pointer.ts';
import { readySentence, withBlocks } from '../../../src/note/present/finish.ts';
import { ready, testPresenter } from '../../ready.fixture.ts';
import { noteOf } from '../events.fixture.ts';

const CODE = `note1${'q'.repeat(58)}`;
const OURS = 'https://viewer.example/{code}';
const HASH = '5e'.repeat(32);
const AT = Date.UTC(2025, 5, 16, 18, 30) / 1000;

const document: Document = [
  paragraph(placeholder('voice'), text(' '), { type: 'time', at: AT, style: 'moment' }),
  {
    type: 'media',
    items: [{ kind: 'image', url: `https://dead.example/${HASH}.jpg`, alternatives: [] }],
  },
  buttons([{ label: 'Open', url: CANONICAL_WEB_CLIENT + CODE }]),
];
const fallback = {
  isArticle: true,
  summary: [placeholder('voice')],
  readOn: { label: 'Read more', url: CANONICAL_WEB_CLIENT + CODE },
};
const presenter = testPresenter({ webClient: OURS, mediaServers: () => ['https://mirror.example/'] });

test('language, times, links and mirrors are applied to a document and its fallback', () => {
  const finished = presenter.finish(document, { language: 'zh-CN', timeZone: 'Asia/Shanghai' }, fallback);
  expect(finished.language).toBe('zh');
  expect(documentText(finished.blocks)).toContain(zh.note.voice);
  expect(JSON.stringify(finished.blocks)).toMatch(/6月17日.*02:30/u);
  expect(JSON.stringify(finished)).not.toContain(CANONICAL_WEB_CLIENT);
  expect(JSON.stringify(finished).split(`https://viewer.example/${CODE}`)).toHaveLength(3);
  expect(finished.blocks[1]).toMatchObject({
    items: [{ alternatives: [`https://mirror.example/${HASH}.jpg`] }],
  });
  expect(finished.fallback?.summary).toEqual([text(zh.note.voice)]);
});

test('an unknown reader gets English, in UTC', () => {
  const { blocks, language } = ready(document);
  expect(language).toBe('en');
  expect(documentText(blocks)).toContain(en.note.voice);
  expect(JSON.stringify(blocks)).toContain('18:30');
});

test('a note comes with its byline and its fallback', () => {
  const author = () => ({ pubkey: 'a'.repeat(64), npub: 'npub1', name: 'Wren' });
  const { blocks, fallback: brief } = testPresenter({ author, webClient: OURS }).finishNote(
    noteOf({ content: 'Salt' }),
    {
      language: 'zh',
    },
  );
  expect(blocks[0]).toMatchObject({ type: 'byline', name: 'Wren' });
  expect(brief.readOn).toMatchObject({ label: zh.note.readOn });
  expect(brief.readOn.url).toMatch(/^https:\/\/viewer\.example\//u);
});

test('a platform’s own words keep the reader’s language', () => {
  const finished = presenter.finish(document, { language: 'zh' }, fallback);
  const more = withBlocks(finished, [paragraph(text('…'))]);
  expect(more).toEqual({ ...finished, blocks: [paragraph(text('…'))] });
  expect(readySentence('Wait.', 'zh-TW')).toEqual({ blocks: [paragraph(text('Wait.'))], language: 'zh' });
});
