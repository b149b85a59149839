import { describe, expect, test } from 'vitest';
import { bidiIsolate } from '../../../src/i18n/bidi-isolate.ts';
import { textsFor } from '../../../src/i18n/texts.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { Inline } from '../../../src/note/document.ts';
import { documentText, inlineText } from '../../../src/note/document.ts';
import { parseInlines } from '../../../src/note/parse/parse-text.ts';
import { noteToDocument } from '../../../src/note/present/note-to-document.ts';
import { createDiscord } from '../../../src/platform/discord/discord.ts';
import { createTelegram } from '../../../src/platform/telegram/telegram.ts';
import { ready } from '../../ready.fixture.ts';
import { noteOf } from '../events.fixture.ts';

const texts = textsFor('en');
const platforms = [
  createDiscord({ token: 'a.b.c', log: silentLog }),
  createTelegram({ token: '1:a', log: silentLog }),
] as const;

const shorthand = (run: readonly Inline[]): string =>
  run.map((inline) => (inline.type === 'text' ? inline.text : `<${inlineText([inline])}>`)).join('');

describe('words, hashtags and addresses of many scripts', () => {
  test.each([
    ['今天#上海 的雾，#港口。', '今天<#上海> 的雾，<#港口>。'],
    ['「#東京」と#京都', '「<#東京>」と<#京都>'],
    ['詳細はhttps://x.example/aをみて', '詳細は<https://x.example/a>をみて'],
    ['https://x.example/a\u3000次の文', '<https://x.example/a>\u3000次の文'],
    ['看（https://x.example/a）。', '看（<https://x.example/a>）。'],
    ['#서울에서 만나요', '<#서울에서> 만나요'],
    ['#الميناء، صباح', '<#الميناء>، صباح'],
    ['#نمی‌دانم', '<#نمی>‌دانم'],
    ['שלום #נמל! https://x.example/א', 'שלום <#נמל>! <https://x.example/א>'],
    ['#नमस्ते जी', '<#नमस्ते> जी'],
    ['#ท่าเรือ', '<#ท่าเรือ>'],
    ['#ben\u0302\u0301n', '<#ben\u0302\u0301n>'],
    ['#𝔉𝔬𝔤 and #ΣΑΣ', '<#𝔉𝔬𝔤> and <#ΣΑΣ>'],
    ['👩🏽‍🚀#crew', '👩🏽‍🚀<#crew>'],
    ['#️⃣ 1️⃣', '#️⃣ 1️⃣'],
    [`#${'b'.repeat(100)}`, `#${'b'.repeat(100)}`],
  ])('%s', (written, expected) => {
    expect(shorthand(parseInlines(written, { tags: [] }))).toBe(expected);
  });
});

/** What must reach readers letter by letter. */
const kept = [
  '早晨六点，码头上只有一只狗。',
  '𠮷野家で𩸽を食べた。ﾊﾝｶｸ が゛',
  '첫 배가 떠났다. 각',
  'صباح الخير، ١٢ سفينة (اليوم).',
  'בוקר טוב, 11 אנשים "וגם" כלב.',
  'می‌خواهم و کتاب‌ها',
  'He said “שלום 123” then (مرحبا) – ABC.',
  'क्षमा श्री ज्ञ · กำลังน้ำขึ้น',
  'Cha\u0300o buo\u0302\u0309i sa\u0301ng',
  '👨‍👩‍👧‍👦 👩🏽‍🚀 🧑🏿‍🤝‍🧑🏻 🏳️‍🌈 ❤️‍🔥 ☺️ ☺︎',
  '🇩🇪🇯🇵 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴‍☠️',
  '1️⃣ ©️ ™',
  '\u200eleft and \u200fright marks',
];

test.each(kept)('%s is read and shown as it was written', (written) => {
  const note = noteOf({ content: written });
  expect(documentText(note.body)).toBe(written);
  for (const platform of platforms) {
    const [body] = platform.render(ready(noteToDocument(note, texts)), '');
    // What markup there is to escape stands in no case of the table.
    expect(JSON.stringify(body?.call)).toContain(JSON.stringify(written).slice(1, -1));
  }
});

test.each([
  ['pay\u200bpal', 'paypal'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['\u2066a\u2069\u2067b\u2068c', 'abc'],
  ['H\u0301\u0301\u0301\u0301\u0301i', 'H\u0301\u0301\u0301i'],
  ['tag\u{e0041}ged \u{e0068}\u{e0069}', 'tagged '],
  ['half \ud83d of it', 'half \ufffd of it'],
  ['nul\u0000 bell\u0007', 'nul bell'],
])('of %j what nobody sees is left out', (written, expected) => {
  expect(inlineText(parseInlines(written, { tags: [] }))).toBe(expected);
});

describe('names beside our own words', () => {
  test.each([
    ['Mara', 'Mara'],
    ['三', '三'],
    ['מרה', '\u2068מרה\u2069'],
    ['مارا 7', '\u2068مارا 7\u2069'],
  ])('%s', (name, expected) => expect(bidiIsolate(name)).toBe(expected));

  test('do not move them', () => {
    expect(texts.latest.heading('מרה', 'notes')).toBe('Latest notes from \u2068מרה\u2069');
  });
});
