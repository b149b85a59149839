import { expect, test } from 'vitest';
import { zh } from '../../src/i18n/zh/catalogue.ts';
import { documentText } from '../../src/note/document.ts';
import { localize } from '../../src/note/placeholders.ts';
import { digestDocument } from '../../src/note/present/digest.ts';
import { headlineOf, noteToDocument, teaserOf } from '../../src/note/present/note-to-document.ts';
import { ready } from '../ready.fixture.ts';
import { noteOf } from './events.fixture.ts';

const MOMENT = Date.UTC(2025, 5, 16, 19) / 1000;
const inChinese = (...given: Parameters<typeof noteOf>): string =>
  documentText(
    ready(noteToDocument(noteOf(...given), zh), { language: 'zh', timeZone: 'Asia/Shanghai' }).blocks,
  );

test('a note’s document keeps its placeholders until it is finished', () => {
  const poll = noteToDocument(noteOf({ kind: 1068, content: 'Which name?' }), zh);
  expect(JSON.stringify(poll)).toContain('"placeholder":["pollOfOne"]');
  expect(JSON.stringify(ready(poll, { language: 'zh' }))).not.toContain('placeholder');
});

test('placeholders are in the reader’s language, the author’s text is unchanged', () => {
  const poll = inChinese({
    kind: 1068,
    content: 'Which name?',
    tags: [
      ['option', 'a', 'Patience'],
      ['endsAt', String(MOMENT)],
    ],
  });
  expect(poll).toBe('Which name?\n\nPatience\n\n📊 投票 · 单选 · 截止于 2025年6月17日\u00a003:00');
  const live = inChinese({ kind: 30_311, content: 'Fog.', tags: [['status', 'ended']] });
  expect(live).toBe('直播已结束。\n\nFog.');
  const comment = inChinese({ kind: 1111, content: 'Yes', tags: [['i', 'isbn:9780765382030']] });
  expect(comment).toContain('↩ 评论 isbn:9780765382030');
  expect(inChinese({ content: `Pay lnurl1${'q'.repeat(10)}` })).toContain('lnurl1');
});

test('lists and digests say it in the reader’s language too', () => {
  const shared = noteOf({ kind: 6, content: '', tags: [['e', 'a'.repeat(64)]] });
  expect(headlineOf(shared, zh)).toBe('转发：一篇帖子');
  const titled = noteOf({ kind: 1068, content: 'Which name?', tags: [['option', 'a', 'Patience']] });
  expect(teaserOf(titled, 80, zh)).toBe('Patience 📊 投票 · 单选');
  const view = { schedule: { kind: 'daily' }, timeZone: 'UTC' } as const;
  expect(documentText(digestDocument({ notes: [shared], more: 0 }, zh, view))).toContain('转发：一篇帖子');
});

test('what is put into words once stays as it is', () => {
  const { body } = noteOf({ kind: 6, content: '', tags: [['e', 'a'.repeat(64)]] });
  const once = localize(zh, body);
  expect(JSON.stringify(once)).not.toContain('ours');
  expect(localize(zh, once)).toEqual(once);
});
