import { tokenize, WORD } from './tokenizer.ts';

/** A spelling that occurs in a text: its plain form (no signs, spaces or non-ASCII digits) and its tokens. */
export interface Spelling {
  readonly plain: string;
  readonly written: readonly string[];
}

/** Other spellings of a plain word, in an archive or a text. */
export type Spellings = (plain: string) => readonly (readonly string[])[];

/** More pieces aren't a word, but a line with signs in place of spaces. */
const MAX_PIECES = 6;
const MAX_LENGTH = 40;

/** Nobody writes more different compounds in one text. */
const MAX_COMPOUNDS = 2_000;

/** Signs inside words and numbers: hyphens, apostrophes, points, invisible characters; spaces in numbers only. */
const SIGNS = String.raw`[\-\u2010\u2011\uff0d_&＆.．,，'’＇\u00ad\u200b-\u200d\u2060\u066c\u00a0\u2009\u202f]`;
const JOINT = String.raw`(?:${SIGNS}|\.-| (?=\d{3}(?!\d)))`;
const ASCII_JOINT = JOINT.replace(SIGNS, String.raw`[\-_&.,']`);
/** Searched by its first joint, which is rarer than a letter. */
const compound = (joint: string, first: string, word: string, flags: string): RegExp =>
  new RegExp(String.raw`(?=${joint}${first})(?<=(${word}))(?:${joint}${word})+`, flags);
const ASCII_COMPOUND = compound(ASCII_JOINT, '[a-z0-9]', '[a-z0-9]+', 'gi');
const COMPOUND = compound(JOINT, String.raw`[\p{L}\p{N}]`, WORD, 'gv');
const ASCII = /^[\0-\x7f]*$/;
/** The text before a compound inside a URL, which is indexed unchanged. */
const IN_ADDRESS = /:\/\/\S*$/u;
const MAX_ADDRESS = 300;

/** Grouped digits, as in Europe, America and India. */
const NUMBER = /^\d{1,3}(?:[.,'’_\u066c\u00a0\u2009\u202f ]\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/u;
/** Contractions that would become another word: `we'll` is not "well". */
const CLITIC = /^(?:d|ll|re)$/u;

/**
 * Spellings in a text that are not plain: `e-mail`, `U.S.`, `don't`, and their parts that could be words of their own
 * (`U.S.-China`). Without those that `alternativeSpellings` finds by rule.
 */
export function spellingsIn(text: string): readonly Spelling[] {
  const isAscii = ASCII.test(text);
  const spelled = [...new Set(compoundsIn(text, isAscii))].slice(0, MAX_COMPOUNDS).flatMap(partsOf);
  if (isAscii || !/[\p{Nd}ʼ]/u.test(text.replace(/[\0-\x7f]+/gu, ''))) return spelled;
  const foreign = tokenize(text).flatMap(({ token }) => {
    const plain = plainOf(token);
    return plain === token ? [] : [{ plain, written: [token] }];
  });
  return [...spelled, ...foreign];
}

/** The same as a lookup. */
export function spellingsOf(text: string): Spellings {
  const known = Map.groupBy(spellingsIn(text), ({ plain }) => plain);
  return (plain) => known.get(plain)?.map(({ written }) => written) ?? [];
}

function compoundsIn(text: string, isAscii: boolean): readonly string[] {
  return Array.from(
    text.matchAll(isAscii ? ASCII_COMPOUND : COMPOUND),
    ({ 0: rest, 1: first = '', index }) => {
      const before = text.slice(Math.max(0, index - first.length - MAX_ADDRESS), index - first.length);
      return IN_ADDRESS.test(before) ? '' : first + rest;
    },
  );
}

function partsOf(compound: string): readonly Spelling[] {
  const pieces = piecesOf(compound);
  if (pieces.length > MAX_PIECES) return [];
  return pieces.flatMap((_, from) =>
    pieces.slice(from + 1).flatMap((__, more) => {
      const part = pieces.slice(from, from + more + 2);
      const plain = joinPieces(compound, part);
      const written = part.map(({ token }) => token);
      return plain === undefined || byRule(plain).some((other) => isSame(other, written))
        ? []
        : [{ plain, written }];
    }),
  );
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.join(' ') === other.join(' ');

/** A piece of a compound, with its position. */
export interface Piece {
  readonly token: string;
  readonly start: number;
  readonly end: number;
  readonly character?: string;
}

const piecesOf = (compound: string): readonly Piece[] =>
  ASCII.test(compound)
    ? Array.from(compound.toLowerCase().matchAll(/[a-z0-9]+/gu), ({ 0: token, index: start }) => ({
        token,
        start,
        end: start + token.length,
      }))
    : tokenize(compound);

/** The word or number that pieces of a text form together; `undefined` if they are several. */
export function joinPieces(text: string, pieces: readonly Piece[]): string | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last || pieces.length > MAX_PIECES) return undefined;
  const plain = plainOf(pieces.map(({ token }) => token).join(''));
  if (plain.length > MAX_LENGTH) return undefined;
  if (/^\d+$/u.test(plain)) {
    const written = plainOf(text.slice(first.start, last.end).normalize('NFKC'));
    return NUMBER.test(written) ? plain : undefined;
  }
  const isOne = pieces.every((piece, index) => {
    const next = pieces[index + 1];
    return (
      piece.character === undefined && (!next || areJoined(piece, text.slice(piece.end, next.start), next))
    );
  });
  return isOne ? plain : undefined;
}

function areJoined({ token: before }: Piece, joint: string, { token: after }: Piece): boolean {
  const [left, right] = [/\p{N}$/u.test(before), /^\p{N}/u.test(after)];
  if (left && right) return false;
  if (/^(?:\.|．|\.-)$/u.test(joint)) return !left && !right && Math.max(before.length, after.length) <= 4;
  if (/['’＇]/u.test(joint)) return joint.length === 1 && !CLITIC.test(after);
  return /^[-\u2010\u2011\uff0d_&＆\u00ad\u200b-\u200d\u2060]$/u.test(joint);
}

const WHOLE_JOINT = new RegExp(String.raw`^(?:${SIGNS}|\.-| )$`, 'v');

/** Whether the text between two tokens may join them; a space does so only in numbers. */
export const isJoint = (before: string, between: string, after: string): boolean =>
  WHOLE_JOINT.test(between) && (!/\s/u.test(between) || (/\p{N}$/u.test(before) && /^\p{N}/u.test(after)));

/** Whether the pieces are letters with points between them: `U.S.` */
export const isDotted = (text: string, pieces: readonly Piece[]): boolean =>
  pieces.length > 1 &&
  pieces.every(({ token, end }, index) => {
    const next = pieces[index + 1];
    return token.length === 1 && (!next || text.slice(end, next.start) === '.');
  });

/** Other spellings of a token: by rule (`F35` is `F 35`, `1250` is `1 250`), and those known to occur. */
export function alternativeSpellings(token: string, known: Spellings): readonly (readonly string[])[] {
  const plain = plainOf(token);
  const own = plain === token ? [] : [[plain]];
  return [...own, ...byRule(plain), ...known(plain)].filter((other) => !isSame(other, [token]));
}

function byRule(plain: string): readonly (readonly string[])[] {
  if (!/\d/u.test(plain)) return [];
  if (/^[1-9]\d{3,14}$/u.test(plain)) return [plain.split(/(?=(?:\d{3})+$)/u)];
  const pieces = plain.match(/\p{Nd}+|\P{Nd}+/gu) ?? [];
  return pieces.length === 2 || pieces.length === 3 ? [pieces] : [];
}

/** A token without signs that count as letters (`ʼ`), and with ASCII digits. */
function plainOf(token: string): string {
  return /^[\0-\x7f]*$/u.test(token) ? token : token.replaceAll('ʼ', '').replace(/\p{Nd}/gu, digitOf);
}

/** Each script's digits are consecutive, and begin at a code point ending in 0 or 6 (hexadecimal). */
function digitOf(written: string): string {
  const code = written.codePointAt(0) ?? 0;
  const row = code - (code % 16);
  return String(code - (/\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6));
}
