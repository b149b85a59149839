import type { Texts } from '../../i18n/texts.ts';
import { type Block, type Document, type Inline, paragraph, text } from '../document.ts';
import type { Note } from '../note.ts';
import { trimRun } from '../parse/parse-text.ts';
import { pointerKey } from '../pointer.ts';
import { allInlines } from '../visit.ts';
import { applyNames, quotedNote } from './quoted-note.ts';
import { quotesInTags, type ResolvedReferences, referenceOf } from './references.ts';

/** Quotes a known note, unless it's quoted already. */
type Quote = (idOrAddress: string) => Block | undefined;

/**
 * The body of a note with resolved references: people by their names; notes that stand alone or at the end as quotations,
 * one level deep; other notes by their authors' names. Unresolved references stay as they are.
 */
export function applyReferences(note: Note, knowledge: ResolvedReferences, texts: Texts): Document {
  const shown = new Set([note.id, note.key]);
  const quote: Quote = (idOrAddress) => {
    const known = knowledge.note(idOrAddress);
    if (!known || shown.has(known.id) || shown.has(known.key)) return undefined;
    const block = quotedNote(known, knowledge, texts);
    if (block) shown.add(known.id).add(known.key);
    return block;
  };
  const body =
    note.postType === 'repost' ? shareBlocks(note.body, texts, quote) : quoteReferences(note.body, quote);
  // A note that is linked in the middle of a sentence is not quoted as well.
  for (const key of allInlines(note.body).map(keyOfNote)) {
    const known = key === undefined ? undefined : knowledge.note(key);
    if (known) shown.add(known.id).add(known.key);
  }
  const tagged = quotesInTags(note.event).flatMap((pointer) => quote(pointerKey(pointer)) ?? []);
  return applyNames([...body, ...tagged], knowledge, texts);
}

/** The key of the note that an inline refers to. */
function keyOfNote(inline: Inline): string | undefined {
  const pointer = referenceOf(inline);
  return pointer && pointer.type !== 'profile' ? pointerKey(pointer) : undefined;
}

function shareBlocks(body: Document, texts: Texts, quote: Quote): Document {
  for (const key of allInlines(body).map(keyOfNote)) {
    const block = key === undefined ? undefined : quote(key);
    if (block) return [paragraph(text(texts.note.repostOf)), block];
  }
  return body;
}

/** References become quotations if their line, or the text from them on, has nothing but references. */
function quoteReferences(body: Document, quote: Quote): Document {
  const last = body.findLastIndex(({ type }) => type !== 'small');
  return body.flatMap((block, index) =>
    block.type === 'paragraph' ? quoteInRun(block.children, index === last, quote) : [block],
  );
}

function quoteInRun(run: readonly Inline[], isLast: boolean, quote: Quote): Document {
  const keys = run.map(keyOfNote);
  const isSilent = (index: number): boolean => {
    const inline = run[index];
    return keys[index] !== undefined || (inline?.type === 'text' && inline.text.trim() === '');
  };
  const standsFree = standsFreeIn(run, isSilent, isLast);
  const blocks: Block[] = [];
  let words: Inline[] = [];
  const flush = (): void => {
    const rest = trimRun(words);
    if (rest.length > 0) blocks.push({ type: 'paragraph', children: rest });
    words = [];
  };
  for (const [index, inline] of run.entries()) {
    const key = keys[index];
    const block = key !== undefined && standsFree(index) ? quote(key) : undefined;
    if (!block) {
      words.push(inline);
      continue;
    }
    flush();
    blocks.push(block);
  }
  flush();
  return blocks;
}

const LINE_BEGINS = /^[^\S\n]*\n/u;
const LINE_ENDS = /\n[^\S\n]*$/u;

/** Whether there is no other text around an index: on its line or, in the last block, after it. */
function standsFreeIn(
  run: readonly Inline[],
  isSilent: (index: number) => boolean,
  isLast: boolean,
): (index: number) => boolean {
  const reaches = (from: number, step: 1 | -1, lineEnd?: RegExp): boolean => {
    for (let index = from + step; index >= 0 && index < run.length; index += step) {
      const inline = run[index];
      if (lineEnd && inline?.type === 'text' && lineEnd.test(inline.text)) return true;
      if (!isSilent(index)) return false;
    }
    return true;
  };
  return (index) =>
    (reaches(index, -1, LINE_ENDS) && reaches(index, 1, LINE_BEGINS)) || (isLast && reaches(index, 1));
}
