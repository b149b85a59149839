import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { type Inline, inlineText } from '../../../src/note/document.ts';
import { parseQuery } from '../../../src/note/search/query.ts';
import { searchSnippet, searchSnippetTask } from '../../../src/note/search/search-snippet.ts';
import { noteOf } from '../events.fixture.ts';

const shown = (run: readonly Inline[]): string =>
  run
    .map((inline) => (inline.type === 'strong' ? `[${inlineText(inline.children)}]` : inlineText([inline])))
    .join('');

const filler = 'The cranes stood still and nobody spoke of it. ';

test.each([
  ['lithium', 'Lithium prices fell.', '[Lithium] prices fell.'],
  ['lith', 'Lithium prices fell.', '[Lithium] prices fell.'],
  ['price', 'Lithium prices fell.', 'Lithium [prices] fell.'],
  ['"prices fell"', 'Lithium prices fell.', 'Lithium [prices fell].'],
  ['cafe', 'The Café opens.', 'The [Café] opens.'],
  ['锂', '今天锂价下跌', '今天[锂]价下跌'],
  ['锂价', '今天锂价下跌', '今天[锂价]下跌'],
  ['锂价下', '今天锂价下跌', '今天[锂价下]跌'],
  ['nothing', 'Lithium prices fell.', 'Lithium prices fell.'],
  ['US tariffs', 'Tell us of U.S. tariffs.', 'Tell [us] of [U.S]. [tariffs].'],
  ['U.S. tariffs', 'Tell us of US tariffs.', 'Tell us of [US] [tariffs].'],
  ['"US tariffs rise"', 'New U.S. tariffs rise.', 'New [U.S. tariffs rise].'],
  ['F35', 'An F-35 flew.', 'An [F-35] flew.'],
  ['F-35', 'An F35 flew.', 'An [F35] flew.'],
  ['covid19', 'After COVID-19 came rest.', 'After [COVID-19] came rest.'],
  ['1250', 'It cost 1,250 or 1 250.', 'It cost [1,250] or [1 250].'],
  ['1,250', 'It cost 1250.', 'It cost [1250].'],
  ['email', 'By e‑mail.', 'By [e‑mail].'],
  ['dont', 'We don’t.', 'We [don’t].'],
  ['2025', 'في ٢٠٢٥ هنا', 'في [٢٠٢٥] هنا'],
  ['prices -gold', 'Lithium prices fell.', 'Lithium [prices] fell.'],
])('%s in "%s" is shown as %s', (line, content, expected) => {
  expect(shown(searchSnippet(noteOf({ content }), parseQuery(line).query, en))).toBe(expected);
});

test('a match deep in a long note is shown in its context', () => {
  const note = noteOf({ content: `${filler.repeat(20)}Then lithium fell. ${filler.repeat(20)}` });
  const run = shown(searchSnippet(note, parseQuery('lithium').query, en));
  expect(run).toMatch(/^….*Then \[lithium\] fell\. .*…$/u);
  expect(run.length).toBeLessThan(200);
});

test('headings and list items don’t run into the following text', () => {
  const article = noteOf({
    kind: 30_023,
    content: '## Why the sea\n\nBecause of the moon.\n\n- Salt\n- Lithium\n\nThat is all.',
    tags: [
      ['d', 'x'],
      ['title', 'On tides'],
    ],
  });
  expect(shown(searchSnippet(article, parseQuery('lithium').query, en))).toBe(
    'Why the sea – Because of the moon. Salt – [Lithium] – That is all.',
  );
  const wrapped = noteOf({ content: 'The ships that carry lithium\nride high in the water.' });
  expect(shown(searchSnippet(wrapped, parseQuery('lithium').query, en))).toBe(
    'The ships that carry [lithium] ride high in the water.',
  );
});

test('a few words too many are not cut, and no ellipsis follows a full stop', () => {
  const of = (content: string) => shown(searchSnippet(noteOf({ content }), parseQuery('lithium').query, en));
  const end = `Lithium fell. ${filler}And that is`;
  expect(of(`${end} it, all.`)).toMatch(/that is it, all\.$/u);
  for (let more = 0; more < 60; more += 1)
    expect(of(`Lithium fell. ${'x'.repeat(more)} ${'One two. '.repeat(40)}`)).not.toMatch(/[.…]…/u);
});

test('nothing of a note with a content warning is shown', () => {
  const note = noteOf({ content: 'lithium', tags: [['content-warning', 'chemistry']] });
  expect(searchSnippet(note, parseQuery('lithium').query, en)).toEqual([]);
});

const farDown = (words: string): string => `${filler.repeat(1_000)}${words} ${filler.repeat(1_000)}`;

test.each([
  ['lithium', 'Lithium prices fell.', '[Lithium]'],
  ['"prices fell"', 'Lithium prices fell.', '[prices fell]'],
])('%s is found wherever it stands in a long note', (line, words, expected) => {
  for (let before = 0; before < 400; before += 37)
    expect(
      shown(
        searchSnippet(
          noteOf({ content: farDown(`${'é'.repeat(before)} ${words}`) }),
          parseQuery(line).query,
          en,
        ),
      ),
    ).toContain(expected);
});

test('a long note is searched in pieces, up to the first match', () => {
  const stepsOf = (content: string, line: string): number => {
    let count = 0;
    const steps = searchSnippetTask(noteOf({ content }), parseQuery(line).query, en);
    while (!steps.next().done) count += 1;
    return count;
  };
  const content = farDown('Lithium prices fell.');
  expect(stepsOf(content, 'cranes')).toBe(1);
  expect(stepsOf(content, 'lithium')).toBeLessThan(stepsOf(content, 'gold'));
  expect(stepsOf(content, 'gold')).toBeGreaterThan(content.length / 20_000);
});
