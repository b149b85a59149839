import { POST_TYPES } from '../note/post-types.ts';
import {
  DEFAULT,
  formatIdsByType,
  formatQuietHours,
  formatSchedule,
  formatTerms,
  parseIdsByType,
  parseQuietHours,
  parseSchedule,
  parseTerms,
} from './field-format.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';
import { isTimeZone } from './schedule.ts';
import { aliasesOf, canonicalWord } from './word-aliases.ts';

/** One setting as a line of text. */
interface Field {
  readonly name: string;
  /** `undefined`: no line. */
  format(preferences: Preferences): string | undefined;
  /** The setting in the text; `undefined` if it is invalid. */
  parse(words: string): Partial<Preferences> | undefined;
}

/** Every setting, in the order of the exported text. The only list of them. */
const FIELDS: readonly Field[] = [
  {
    name: 'types',
    format: ({ postTypes }) => postTypes.join(', ') || 'none',
    parse(words) {
      const names = words === 'none' ? [] : words.split(/\s*,\s*/u);
      const postTypes = POST_TYPES.filter((type) => names.includes(type));
      return postTypes.length === new Set(names).size ? { postTypes } : undefined;
    },
  },
  {
    name: 'follow',
    format: ({ follow }) => formatTerms(follow),
    parse: (words) => asField('follow', parseTerms(words)),
  },
  {
    name: 'mute',
    format: ({ mute }) => formatTerms(mute),
    parse: (words) => asField('mute', parseTerms(words)),
  },
  {
    name: 'schedule',
    format: ({ schedule }) => formatSchedule(schedule),
    parse: (words) => asField('schedule', parseSchedule(words)),
  },
  {
    name: 'quiet',
    format: ({ quietHours }) => (quietHours ? formatQuietHours(quietHours) : 'none'),
    parse: (words) => (words === 'none' ? {} : asField('quietHours', parseQuietHours(words))),
  },
  booleanField('silent', 'silent'),
  booleanField('breaking', 'breaking'),
  {
    name: 'time zone',
    format: ({ timeZone }) => timeZone,
    parse: (timeZone) => (isTimeZone(timeZone) ? { timeZone } : undefined),
  },
  idsByTypeField('ping', 'mentionRoles'),
  idsByTypeField('topics', 'topics'),
  booleanField('publish', 'publish'),
  {
    name: 'style',
    format: ({ style }) => style || DEFAULT,
    parse(words) {
      if (isDefault(words)) return { style: '' };
      return /^[a-z]*(?:\/[a-z]+)?$/u.test(words) ? { style: words } : undefined;
    },
  },
  {
    name: 'language',
    format: ({ language }) => language ?? DEFAULT,
    parse(words) {
      if (isDefault(words)) return {};
      return isLanguageTag(words) ? { language: words } : undefined;
    },
  },
  {
    name: 'reported',
    format: ({ reportedLanguage }) => reportedLanguage,
    parse: (words) => (isLanguageTag(words) ? { reportedLanguage: words } : undefined),
  },
];

/** A line of imported text that is invalid, and an example of a valid one. */
export interface InvalidLine {
  readonly written: string;
  readonly example: string;
}

/** The settings as text that people can read, keep and import: one `name: value` per line. */
export function formatPreferences(preferences: Preferences): string {
  return FIELDS.flatMap(({ name, format }) => {
    const words = format(preferences);
    return words === undefined ? [] : [`${name}: ${words}`];
  }).join('\n');
}

/** Parses such a text. Settings that it leaves out get their defaults. Case and surrounding spaces don't matter. */
export function parsePreferences(text: string): {
  readonly preferences: Preferences;
  readonly wrong: readonly InvalidLine[];
} {
  const wrong: InvalidLine[] = [];
  let preferences: Preferences = DEFAULT_PREFERENCES;
  for (const written of splitLines(text)) {
    const [, name = '', words = ''] = /^([a-z ]+?)\s*[:：]\s*(.*)$/isu.exec(written) ?? [];
    const known = FIELDS.find((one) => one.name === canonicalWord(name.toLowerCase()));
    const read = known?.parse(words.trim());
    if (read) preferences = { ...preferences, ...read };
    else
      wrong.push({
        written,
        example: `${known?.name ?? FIELDS[0]?.name}: ${(known ?? FIELDS[0])?.format(DEFAULT_PREFERENCES) ?? 'en'}`,
      });
  }
  return { preferences, wrong };
}

/** Discord's option fields turn line breaks into spaces. So a line also begins at every field name outside quotation marks. */
function splitLines(text: string): readonly string[] {
  const names = FIELDS.flatMap(({ name }) => [name, ...aliasesOf(name)]).join('|');
  const begins = new RegExp(`("(?:[^"\\\\\\n]|\\\\.)*")|\\s+(?=(?:${names})[:：])`, 'giu');
  const lines = text.replace(begins, (_, quoted: string | undefined) => quoted ?? '\n').split('\n');
  return lines.map((one) => one.trim()).filter(Boolean);
}

function idsByTypeField(name: string, field: 'mentionRoles' | 'topics'): Field {
  return {
    name,
    format: (preferences) => formatIdsByType(preferences[field]),
    parse: (words) => asField(field, parseIdsByType(words)),
  };
}

function booleanField(name: string, field: 'silent' | 'breaking' | 'publish'): Field {
  return {
    name,
    format: (preferences) => (preferences[field] ? 'yes' : 'no'),
    parse: (words) => (words === 'yes' || words === 'no' ? { [field]: words === 'yes' } : undefined),
  };
}

const isDefault = (words: string): boolean => canonicalWord(words.toLowerCase()) === DEFAULT;
const isLanguageTag = (words: string): boolean => /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(words);

const asField = <Name extends keyof Preferences>(name: Name, value: Preferences[Name] | undefined) =>
  value === undefined ? undefined : ({ [name]: value } as unknown as Partial<Preferences>);
