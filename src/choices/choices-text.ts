import { POST_TYPES } from '../note/note.ts';
import { type Choices, DEFAULT_CHOICES } from './choices.ts';
import { currentWord, formerly } from './former-words.ts';
import { isTimeZone } from './rhythm.ts';
import {
  byTypeText,
  DEFAULT,
  picksText,
  quietText,
  readByType,
  readPicks,
  readQuiet,
  readRhythm,
  rhythmText,
} from './words.ts';

/** One choice as a line of text. */
interface Line {
  readonly name: string;
  /** `undefined`: the text does without it. */
  write(choices: Choices): string | undefined;
  /** The choice in those words; `undefined` where they mean nothing. */
  read(words: string): Partial<Choices> | undefined;
}

/** Every choice, in the order in which the text has them. The only list of them. */
const LINES: readonly Line[] = [
  {
    name: 'types',
    write: ({ postTypes }) => postTypes.join(', ') || 'none',
    read(words) {
      const names = words === 'none' ? [] : words.split(/\s*,\s*/u);
      const postTypes = POST_TYPES.filter((type) => names.includes(type));
      return postTypes.length === new Set(names).size ? { postTypes } : undefined;
    },
  },
  {
    name: 'follow',
    write: ({ follow }) => picksText(follow),
    read: (words) => within('follow', readPicks(words)),
  },
  { name: 'mute', write: ({ mute }) => picksText(mute), read: (words) => within('mute', readPicks(words)) },
  {
    name: 'schedule',
    write: ({ rhythm }) => rhythmText(rhythm),
    read: (words) => within('rhythm', readRhythm(words)),
  },
  {
    name: 'quiet',
    write: ({ quiet }) => (quiet ? quietText(quiet) : 'none'),
    read: (words) => (words === 'none' ? {} : within('quiet', readQuiet(words))),
  },
  yesOrNo('silent', 'silent'),
  yesOrNo('breaking', 'breaking'),
  {
    name: 'time zone',
    write: ({ timeZone }) => timeZone,
    read: (timeZone) => (isTimeZone(timeZone) ? { timeZone } : undefined),
  },
  byType('ping', 'pings'),
  byType('topics', 'topics'),
  yesOrNo('publish', 'publish'),
  {
    name: 'style',
    write: ({ look }) => look || DEFAULT,
    read(words) {
      if (isDefault(words)) return { look: '' };
      return /^[a-z]*(?:\/[a-z]+)?$/u.test(words) ? { look: words } : undefined;
    },
  },
  {
    name: 'language',
    write: ({ language }) => language ?? DEFAULT,
    read(words) {
      if (isDefault(words)) return {};
      return isLanguageTag(words) ? { language: words } : undefined;
    },
  },
  {
    name: 'reported',
    write: ({ reportedLanguage }) => reportedLanguage,
    read: (words) => (isLanguageTag(words) ? { reportedLanguage: words } : undefined),
  },
];

/** What is wrong with a text of choices: the line as it was written, and what would be right, as an example of it. */
export interface WrongLine {
  readonly written: string;
  readonly example: string;
}

/** The choices as text that people can read, keep, and give back: a line each, `name: words`. */
export function choicesText(choices: Choices): string {
  return LINES.flatMap(({ name, write }) => {
    const words = write(choices);
    return words === undefined ? [] : [`${name}: ${words}`];
  }).join('\n');
}

/** The choices in such a text; what it leaves out is as where nobody chose. Case and blanks at the ends don't matter. */
export function readChoices(text: string): {
  readonly choices: Choices;
  readonly wrong: readonly WrongLine[];
} {
  const wrong: WrongLine[] = [];
  let choices: Choices = DEFAULT_CHOICES;
  for (const written of linesOf(text)) {
    const [, name = '', words = ''] = /^([a-z ]+?)\s*[:：]\s*(.*)$/isu.exec(written) ?? [];
    const known = LINES.find((one) => one.name === currentWord(name.toLowerCase()));
    const read = known?.read(words.trim());
    if (read) choices = { ...choices, ...read };
    else
      wrong.push({
        written,
        example: `${known?.name ?? LINES[0]?.name}: ${(known ?? LINES[0])?.write(DEFAULT_CHOICES) ?? 'en'}`,
      });
  }
  return { choices, wrong };
}

/** Where a form made blanks of the line ends, a line begins with every name that stands outside of quotation marks. */
function linesOf(text: string): readonly string[] {
  const names = LINES.flatMap(({ name }) => [name, ...formerly(name)]).join('|');
  const begins = new RegExp(`("(?:[^"\\\\\\n]|\\\\.)*")|\\s+(?=(?:${names})[:：])`, 'giu');
  const lines = text.replace(begins, (_, quoted: string | undefined) => quoted ?? '\n').split('\n');
  return lines.map((one) => one.trim()).filter(Boolean);
}

function byType(name: string, field: 'pings' | 'topics'): Line {
  return {
    name,
    write: (choices) => byTypeText(choices[field]),
    read: (words) => within(field, readByType(words)),
  };
}

function yesOrNo(name: string, field: 'silent' | 'breaking' | 'publish'): Line {
  return {
    name,
    write: (choices) => (choices[field] ? 'yes' : 'no'),
    read: (words) => (words === 'yes' || words === 'no' ? { [field]: words === 'yes' } : undefined),
  };
}

const isDefault = (words: string): boolean => currentWord(words.toLowerCase()) === DEFAULT;
const isLanguageTag = (words: string): boolean => /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(words);

const within = <Name extends keyof Choices>(name: Name, value: Choices[Name] | undefined) =>
  value === undefined ? undefined : ({ [name]: value } as unknown as Partial<Choices>);
