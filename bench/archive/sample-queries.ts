import type { NostrEvent } from '../../src/note/note.ts';
import { createRandom } from '../seeded-random.ts';
import { archiveEvents, SEED } from './generated-notes.ts';
import { createVocabulary, pick, zipf } from './generated-words.ts';

/** Command lines of one kind. */
export interface SampleQueries {
  readonly kind: string;
  readonly lines: readonly string[];
}

/** Notes to take phrases from. */
const READ = 4_000;

/** What users may ask of the archive of `generated-notes.ts`: always the same `count` lines of each kind. */
export function sampleQueries(count: number): readonly SampleQueries[] {
  const random = createRandom(SEED + 1);
  const { word, chinese } = createVocabulary(SEED);
  const events = [...archiveEvents(READ)];
  const [han, latin] = [events.filter(isChinese), events.filter((event) => !isChinese(event))];
  const common = () => word(Math.floor(random() * 100));
  const usual = () => word(100 + Math.floor(random() * 5_000));
  const rare = () => word(5_000 + Math.floor(random() * 50_000));
  const tag = () => `#${word(300 + zipf(500, random) * 7)}`;
  const year = () => 2018 + Math.floor(random() * 8);
  const words = (length: number) =>
    stretch(pick(latin, random).content.match(/[a-z]+/g) ?? [], length, random);
  const characters = (length: number) =>
    stretch(pick(han, random).content.match(/\p{sc=Han}/gu) ?? [], length, random);
  const kinds: Readonly<Record<string, () => string>> = {
    latest: () => `latest ${1 + Math.floor(random() * 10)}`,
    'latest of a type': () =>
      `latest 5 ${pick(['missive', 'photo', 'reply', 'link'], random)} page:${pick([1, 2, 20], random)}`,
    'common word': common,
    'usual word': usual,
    'rare word': rare,
    'common and rare': () => `${common()} ${rare()}`,
    'three words': () => `${common()} ${usual()} ${usual()}`,
    phrase: () => `"${words(2 + Math.floor(random() * 3)).join(' ')}"`,
    'phrase of common words': () =>
      `"${Array.from({ length: 2 + Math.floor(random() * 3) }, common).join(' ')}"`,
    'phrase of the commonest words': () =>
      `"${Array.from({ length: 3 + Math.floor(random() * 2) }, () => word(Math.floor(random() * 12))).join(' ')}"`,
    'Chinese word': () => chinese(zipf(8_000, random)),
    'Chinese, one character': () => characters(1).join(''),
    'Chinese, four to eight': () => characters(4 + Math.floor(random() * 5)).join(''),
    'beginning of a word': () => rare().slice(0, 3 + Math.floor(random() * 2)),
    'word without another': () => `${usual()} -${common()}`,
    'only without': () => `-${common()} -${common()}`,
    hashtag: tag,
    'hashtag and word': () => `${tag()} ${usual()}`,
    'word in a year': () => `${pick([common, usual, rare], random)()} after:${year()} before:${year() + 1}`,
    'word of a type': () => `type:${pick(['missive', 'photo', 'link'], random)} ${usual()}`,
    'third page': () => `page:3 ${usual()}`,
  };
  return Object.entries(kinds).map(([kind, make]) => ({
    kind,
    lines: Array.from({ length: count }, () => (kind.startsWith('latest') ? make() : `search ${make()}`)),
  }));
}

const isChinese = ({ content }: NostrEvent): boolean => /\p{sc=Han}/u.test(content);

function stretch(pieces: readonly string[], length: number, random: () => number): readonly string[] {
  const from = Math.floor(random() * Math.max(1, pieces.length - length));
  return pieces.slice(from, from + length);
}
