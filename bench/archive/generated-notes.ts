import { createHash } from 'node:crypto';
import type { NostrEvent } from '../../src/note/note.ts';
import { createRandom } from '../seeded-random.ts';
import { createVocabulary, pick, type Vocabulary, zipf } from './generated-words.ts';

export const SEED = 20_260_114;
/** 64 hex digits. */
export const AUTHOR = 'a7'.repeat(32);
const FRIEND = 'f3'.repeat(32);

const LAST_S = Date.UTC(2026, 0, 1) / 1000;
/** One note every four minutes, so a million are eight years. */
const SECONDS_BETWEEN = 250;
const SHORTEST = 200;
const LONGEST = 2_500;
const TAGS = 500;

/**
 * The events of an archive of that size, newest first as relays send them, unsigned and always the same. Most are a few
 * sentences, 5 % are Chinese, and some have a headline, hashtags, a picture or a link, or are replies.
 */
export function* archiveEvents(count: number): Generator<NostrEvent, void> {
  const vocabulary = createVocabulary(SEED);
  const random = createRandom(SEED);
  for (let n = 0; n < count; n += 1) yield eventOf(n, vocabulary, random);
}

function eventOf(n: number, vocabulary: Vocabulary, random: () => number): NostrEvent {
  const id = createHash('sha256').update(`${SEED} ${n}`).digest('hex');
  const created_at = LAST_S - n * SECONDS_BETWEEN - Math.floor(random() * SECONDS_BETWEEN);
  const length = SHORTEST + Math.floor((LONGEST - SHORTEST) * random() ** 5);
  const isChinese = random() < 0.05;
  // A Chinese character is worth about three letters.
  const body = isChinese
    ? chineseText(Math.floor(length / 3), vocabulary, random)
    : englishText(length, vocabulary, random);
  const chance = random();
  const title = length > 400 && random() < 0.3 ? `${titleOf(isChinese, vocabulary, random)}\n\n` : '';
  const hashtags = random() < 0.2 ? hashtagsOf(vocabulary, random) : [];
  const tail = hashtags.length > 0 ? `\n\n${hashtags.map((tag) => `#${tag}`).join(' ')}` : '';
  const extra = chance < 0.12 ? `\n\nhttps://media.example/${id.slice(0, 12)}.jpg` : '';
  const page = chance > 0.9 ? ` https://pages.example/${vocabulary.nextWord(random)}` : '';
  const answers =
    chance > 0.2 && chance < 0.38
      ? [
          ['e', id.split('').reverse().join(''), '', 'root'],
          ['p', FRIEND],
        ]
      : [];
  return {
    id,
    pubkey: AUTHOR,
    created_at,
    kind: 1,
    tags: [...answers, ...hashtags.map((tag) => ['t', tag])],
    content: title + body + page + extra + tail,
    sig: id + id,
  };
}

function englishText(length: number, { nextWord }: Vocabulary, random: () => number): string {
  let text = '';
  let left = 0;
  while (text.length < length) {
    const word = nextWord(random);
    if (left > 0) text += left % 6 === 1 ? `, ${word}` : ` ${word}`;
    else {
      text += `${text === '' ? '' : random() < 0.15 ? '.\n\n' : '. '}${capital(word)}`;
      left = 5 + Math.floor(random() * 15);
    }
    left -= 1;
  }
  return `${text}.`;
}

function chineseText(length: number, { nextChinese }: Vocabulary, random: () => number): string {
  let text = '';
  while (text.length < length) {
    const words = 3 + Math.floor(random() * 8);
    for (let n = 0; n < words; n += 1) text += nextChinese(random);
    text += random() < 0.4 ? '。' : '，';
  }
  return text;
}

function titleOf(isChinese: boolean, { nextWord, nextChinese }: Vocabulary, random: () => number): string {
  const next = isChinese ? nextChinese : nextWord;
  const words = Array.from({ length: 3 + Math.floor(random() * 4) }, () => next(random));
  return capital(words.join(isChinese ? '' : ' '));
}

function hashtagsOf({ word }: Vocabulary, random: () => number): readonly string[] {
  const count = pick([1, 1, 2, 3], random);
  return [...new Set(Array.from({ length: count }, () => word(300 + zipf(TAGS, random) * 7)))];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
