import { expect, test } from 'vitest';
import type { Query } from '../../../src/note/search/query.ts';
import { spellingsOf } from '../../../src/note/search/spellings.ts';
import { type Terms, termsOf } from '../../../src/note/search/terms.ts';

/** Groups apart by ` & `, alternatives by `|`; `…` after a word and `*` after a character that may go on. */
const written = ({ every, none }: Terms): string => {
  const group = (terms: Terms['none']) =>
    terms
      .map(({ tokens, open }) => tokens.join(' ') + (open === 'word' ? '…' : open === 'character' ? '*' : ''))
      .join('|');
  return [every.map(group).join(' & '), none.length > 0 ? `not ${group(none)}` : ''].join(' ').trim();
};

test.each<[Partial<Query>, string]>([
  [{ words: ['gold', 'prices'] }, 'gold|golds & prices…|price'],
  [{ words: ['story', 'stories', 'taxes', 'x'] }, 'story|stories & stories|story & taxes|taxe|tax & x'],
  [
    { words: ['news', 'this', 'gas', 'crisis', 'is'] },
    'news|newses & this|thises & gas|gases & crisis|crisises & is',
  ],
  [{ words: ['2025'] }, '2025…|2 025'],
  [{ words: ['rare-earth'] }, 'rare earth…|rareearth…'],
  [{ words: ['on'] }, 'on'],
  [{ words: ['中国经济', '写'] }, '中国 国经 经济 & 写*'],
  [{ words: ['python写'] }, 'python 写*'],
  [{ phrases: ['中国 news', 'two words'] }, '中国 国 news & two words'],
  [{ words: ['gold'], without: ['silver', 'two words', '!'] }, 'gold…|golds not silver|two words'],
  [{ words: ['!', '--'], phrases: ['"'] }, ''],
])('%j', (parts, expected) => {
  const query = { words: [], phrases: [], without: [], hashtags: [], ...parts };
  expect(written(termsOf(query, true, spellingsOf('')))).toBe(expected);
});

test('no word is open where none is to be', () => {
  const query = { words: ['lith'], phrases: [], without: [], hashtags: [] };
  expect(written(termsOf(query, false, spellingsOf('')))).toBe('lith|liths');
});
