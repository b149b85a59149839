import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { documentText } from '../../../src/note/document.ts';
import { type DigestView, digestDocument } from '../../../src/note/present/digest.ts';
import { noteSaying } from '../../delivery/delivery.fixture.ts';

const DAILY: DigestView = { schedule: { kind: 'daily' }, timeZone: 'Etc/UTC' };
const at = (time: string) => ({ created_at: Date.parse(`2026-03-${time}:00Z`) / 1000 });
const noteAt = (time: string, words: string) => noteSaying(words, at(time));
const articleAt = (time: string, title: string, words: string) =>
  noteSaying(words, {
    ...at(time),
    kind: 30_023,
    tags: [
      ['d', time],
      ['title', title],
    ],
  });
const shown = (notes: readonly ReturnType<typeof noteAt>[], view = DAILY, more = 0) =>
  documentText(digestDocument({ notes, more }, en, view))
    .replaceAll(/^\n/gmu, '')
    .replaceAll('\u00a0', ' ');

test('a digest lists posts by day and series, with their first words', () => {
  const notes = [
    articleAt('02T20:00', 'Harbour Letter', 'The evening tide came late.'),
    noteAt('02T12:00', 'Fog again.'),
    articleAt('02T06:00', 'Harbour Letter', 'The morning tide came early.'),
    noteAt('01T23:00', 'Sunday was quiet.'),
  ];
  expect(shown(notes)).toBe(
    [
      'Daily digest · 4 posts',
      '2026-03-02',
      '📜 Harbour Letter · 20:00',
      'The evening tide came late.',
      '📜 Harbour Letter · 06:00',
      'The morning tide came early.',
      '💬 Fog again. · 12:00',
      '2026-03-01',
      '💬 Sunday was quiet. · 23:00',
    ].join('\n'),
  );
});

test('days begin where the reader is', () => {
  const notes = [noteAt('02T20:00', 'Evening.'), noteAt('02T12:00', 'Noon.')];
  expect(shown(notes).match(/2026-03-0\d/gu)).toHaveLength(1);
  const inShanghai = { ...DAILY, timeZone: 'Asia/Shanghai' };
  expect(shown(notes, inShanghai)).toMatch(/2026[^]*Evening[^]*2026[^]*Noon/u);
});

test('a long digest has headlines only, and counts the rest', () => {
  const notes = Array.from({ length: 9 }, (_, n) =>
    articleAt(`02T1${n}:00`, `Letter ${n}`, 'The tide came late.'),
  );
  const words = shown(notes, { ...DAILY, schedule: { kind: 'weekly' } }, 3);
  expect(words).toContain('Weekly digest · 12 posts');
  expect(words).not.toContain('The tide');
  expect(words).toMatch(/\+ 3 earlier posts: \/latest$/u);
});
