import { describe, expect, test, vi } from 'vitest';
import { hostileEvent, patterns, plainProse } from '../../bench/hostile-patterns.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { type Document, documentLength, link, paragraph, text } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { noteToDocument } from '../../src/note/present/note-to-document.ts';
import { allInlines } from '../../src/note/visit.ts';
import { card } from '../../src/platform/discord/render/message-forms.ts';
import { fits as discordTakes } from '../../src/platform/discord/render/size-limits.ts';
import { withJudgedLinks } from '../../src/platform/link-targets.ts';
import { markStable } from '../../src/platform/node-cache.ts';
import { split, splitInSteps } from '../../src/platform/split.ts';
import { styledDocument } from '../../src/platform/telegram/render/entities/blocks.ts';
import {
  MAX_TEXT,
  fitsMessage as telegramTakes,
  toEntityText,
} from '../../src/platform/telegram/render/entities/size-limits.ts';
import { renderInSteps as renderForTelegram } from '../../src/platform/telegram/render/render.ts';

/** As much as is read of a note of kind 1, and a quarter of that. */
const BYTES = 65_536;
const FEWER = BYTES / 4;
const NOTE = 1;
const ARTICLE = 30_023;

const takes: Readonly<Record<string, (part: Document) => boolean>> = {
  Discord: (part) => discordTakes(card(part, en, { headline: '' })),
  Telegram: (part) => toEntityText(styledDocument(part), MAX_TEXT).fits,
};

const documentOf = (kind: number, pattern: (typeof patterns)[string], bytes: number): Document => {
  const note = eventToNote(hostileEvent(kind, pattern, bytes) as VerifiedEvent);
  return markStable(withJudgedLinks(note ? noteToDocument(note, en) : []));
};

/** How often a platform is asked until the document is split, about how many characters in all and in one step, and the document's length. */
function askedFor(document: Document, fits: (part: Document) => boolean) {
  let [questions, characters, inStep, inLongestStep] = [0, 0, 0, 0];
  const steps = splitInSteps(document, (part) => {
    questions += 1;
    characters += documentLength(part) + 1;
    inStep += documentLength(part) + 1;
    return fits(part);
  });
  for (;;) {
    inStep = 0;
    const step = steps.next();
    inLongestStep = Math.max(inLongestStep, inStep);
    if (step.done)
      return {
        questions,
        characters,
        inLongestStep,
        length: documentLength(document),
        parts: step.value.length,
      };
  }
}

const all = Object.entries({ 'plain prose': plainProse, ...patterns });

describe.each(Object.entries(takes))('what splitting for %s asks about', (_, fits) => {
  test.each(all)('is bounded by the length, and grows no faster: %s', (_name, pattern) => {
    for (const kind of [NOTE, ARTICLE]) {
      const more = askedFor(documentOf(kind, pattern, BYTES), fits);
      const perCharacter = ({ characters, length }: typeof more) => characters / (length + 2_000);
      // Seven times all parts, each looked for near where it ends.
      expect(perCharacter(more)).toBeLessThan(60);
      expect(more.questions).toBeLessThan(40 * more.parts);
      // Others have their turn after each part; a name as long as the note can only be cut as text.
      expect(more.inLongestStep).toBeLessThan(350_000);
      const fewer = askedFor(documentOf(kind, pattern, FEWER), fits);
      // Where nothing, or little, has to be looked for, more may take more.
      expect(perCharacter(more)).toBeLessThan(Math.max(35, 3 * perCharacter(fewer)));
    }
  });
});

test.each(Object.entries(takes))('%s is given each link once, however often a cut is tried', (_, fits) => {
  const run = Array.from({ length: 800 }, (_unused, n) => [
    link(`https://a.example/${n}`, 'tide'),
    text(' '),
  ]);
  const document = markStable(withJudgedLinks([paragraph(...run.flat())]));
  let reads = 0;
  for (const inline of allInlines(document)) {
    if (inline.type !== 'link') continue;
    const { url } = inline;
    Object.defineProperty(inline, 'url', { get: () => ((reads += 1), url) });
  }
  expect(split(document, fits).length).toBeGreaterThan(1);
  // Where a part ends, what follows a link is different, and some platforms write it differently then.
  expect(reads).toBeLessThan(2.5 * run.length);
});

/** Texts of words, of which some must be escaped. */
const long: Readonly<Record<string, string>> = {
  words: 'the *tide* came in, ',
  lines: '- tide_and_time\n',
  addresses: 'https://a.example/?q=1 and ',
  'short hashtags': '#tide ',
  'hashtags cut short': '#tide-',
  'Chinese without spaces': '潮水像往常一样涨上来*',
};

test.each(Object.entries(long))(
  'however often a cut is tried, most of a text is escaped once: %s',
  (_, unit) => {
    const document = markStable(withJudgedLinks([paragraph(text(unit.repeat(BYTES / unit.length)))]));
    const read = vi.spyOn(RegExp.prototype, 'test');
    expect(split(document, (part) => discordTakes(card(part, en, { headline: '' }))).length).toBeGreaterThan(
      1,
    );
    const characters = read.mock.calls.reduce((sum, [words]) => sum + words.length, 0);
    read.mockRestore();
    // Its ends with each try, and all of a part where the end of a sentence is looked for.
    expect(characters).toBeLessThan(12 * documentLength(document));
  },
);

test('parts that stay below the length that is tried for the others are looked for once', () => {
  const marks = Array.from({ length: 600 }, (_, n) => link(`https://a.example/${n}`, 'tide'));
  const document = markStable(withJudgedLinks([paragraph(...marks, text('tide '.repeat(2_000)))]));
  let questions = 0;
  const parts = split(document, (part) => {
    questions += 1;
    return (
      documentLength(part) <= 1_000 && allInlines(part).filter(({ type }) => type === 'link').length <= 20
    );
  });
  expect(parts.length).toBeGreaterThan(35);
  // Thirty parts of twenty links each, which are short; the others, which are long, are tried with seven limits.
  expect(questions).toBeLessThan(10 * parts.length);
});

test('others have their turn between the messages of a long text, also when it has been split', () => {
  const steps = renderForTelegram([paragraph(text('/tide '.repeat(10_000)))], 'classic/split');
  const search = vi.spyOn(String.prototype, 'matchAll');
  const inStep = (): number =>
    search.mock.contexts.reduce<number>((sum, words) => sum + String(words).length, 0);
  let most = 0;
  let bodies = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    most = Math.max(most, inStep());
    search.mockClear();
    if (!step.done) continue;
    bodies = step.value.length;
    break;
  }
  search.mockRestore();
  expect(bodies).toBeGreaterThan(15);
  expect(most).toBeLessThan(10 * MAX_TEXT);
});

test('a text that has room for all that may be put into it is taken without looking at each of its words', () => {
  const words = { text: 'https://a.example, @a /a '.repeat(100), marks: [] };
  const search = vi.spyOn(String.prototype, 'matchAll');
  expect(telegramTakes(words, MAX_TEXT)).toBe(true);
  expect(search).not.toHaveBeenCalled();
  expect(telegramTakes(words, words.text.length)).toBe(false);
  search.mockRestore();
});

/** Documents of hundreds of small things, each of which is kept with what became of it. */
const small: Readonly<Record<string, Document>> = {
  links: [
    paragraph(
      ...Array.from({ length: 800 }, (_, n) => [link(`https://a.example/${n}`, 'tide'), text(' ')]).flat(),
    ),
  ],
  'links in bold': [
    paragraph({
      type: 'strong',
      children: Array.from({ length: 800 }, (_, n) => [
        link(`https://a.example/${n}`, 'tide'),
        text(' '),
      ]).flat(),
    }),
  ],
  paragraphs: Array.from({ length: 2_000 }, () => paragraph(text('tide'))),
};

describe.each(Object.entries(takes))('what %s looks up for a beginning', (_, fits) => {
  test.each(Object.entries(small))('is not each of the %s in it', (_name, written) => {
    const document = markStable(withJudgedLinks(written));
    let [asked, members] = [0, 0];
    const lookUp = vi.spyOn(WeakMap.prototype, 'get');
    const parts = split(document, (part) => {
      asked += 1;
      members += Math.max(part.length, allInlines(part).length);
      return fits(part);
    });
    const lookUps = lookUp.mock.calls.length;
    lookUp.mockRestore();
    expect(parts.length).toBeGreaterThan(1);
    expect(members).toBeGreaterThan(60 * asked);
    // Each once, and for each beginning what is cut at its ends: not all that is in between.
    expect(lookUps).toBeLessThan(members / 3);
  });
});

test.each(all)('a text becomes a bounded number of things, whatever is in it: %s', (_, pattern) => {
  for (const kind of [NOTE, ARTICLE]) {
    const document = documentOf(kind, pattern, 3 * BYTES);
    expect(document.length).toBeLessThan(6_500);
    expect(allInlines(document).length).toBeLessThan(20_000);
  }
});
