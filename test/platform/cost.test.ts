import { describe, expect, test } from 'vitest';
import { hostileEvent, patterns, plainProse } from '../../bench/hostile-patterns.ts';
import { type Document, documentLength } from '../../src/note/document.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { noteFrom } from '../../src/note/note-from.ts';
import { present } from '../../src/note/present.ts';
import { inlinesOf } from '../../src/note/walk.ts';
import { fits as discordTakes } from '../../src/platform/discord/measure.ts';
import { card } from '../../src/platform/discord/message.ts';
import { split } from '../../src/platform/split.ts';
import { styledDocument } from '../../src/platform/telegram/blocks.ts';
import { MAX_TEXT, measure } from '../../src/platform/telegram/measure.ts';
import { en } from '../../src/text/en.ts';

/** As much as is read of a note of kind 1, and a quarter of that. */
const BYTES = 65_536;
const FEWER = BYTES / 4;
const NOTE = 1;
const ARTICLE = 30_023;

const takes: Readonly<Record<string, (part: Document) => boolean>> = {
  Discord: (part) => discordTakes(card(part, en, { headline: '' })),
  Telegram: (part) => measure(styledDocument(part), MAX_TEXT).fits,
};

const documentOf = (kind: number, pattern: (typeof patterns)[string], bytes: number): Document => {
  const note = noteFrom(hostileEvent(kind, pattern, bytes) as VerifiedEvent);
  return note ? present(note, en) : [];
};

/** How many characters a platform is asked about in all until the document is split, and how long it is. */
function askedFor(document: Document, fits: (part: Document) => boolean) {
  let characters = 0;
  const parts = split(document, (part) => {
    characters += documentLength(part) + 1;
    return fits(part);
  });
  return { characters, length: documentLength(document), parts: parts.length };
}

const all = Object.entries({ 'plain prose': plainProse, ...patterns });

describe.each(Object.entries(takes))('what splitting for %s asks about', (_, fits) => {
  test.each(all)('is bounded by the length, and grows no faster: %s', (_name, pattern) => {
    for (const kind of [NOTE, ARTICLE]) {
      const more = askedFor(documentOf(kind, pattern, BYTES), fits);
      // Seven times all parts, each looked for near where it ends.
      expect(more.characters).toBeLessThan(120 * (more.length + 2_000));
      const fewer = askedFor(documentOf(kind, pattern, FEWER), fits);
      const perCharacter = ({ characters, length }: typeof more) => characters / (length + 2_000);
      // In a single part there is nothing to look for.
      expect(fewer.parts === 1 || perCharacter(more) < 3 * perCharacter(fewer)).toBe(true);
    }
  });
});

test.each(all)('a text becomes a bounded number of things, whatever is in it: %s', (_, pattern) => {
  for (const kind of [NOTE, ARTICLE]) {
    const document = documentOf(kind, pattern, 3 * BYTES);
    expect(document.length).toBeLessThan(6_500);
    expect(inlinesOf(document).length).toBeLessThan(20_000);
  }
});
