/** A message as readers see it: its text, links, mentions and formatting. */
export interface ReadMarkdown {
  readonly words: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly pings: readonly string[];
  readonly marks: readonly string[];
}

/** In link labels, where nothing can be escaped, lookalikes replace markup characters. */
const DRAWN: Readonly<Record<string, string>> = { '∗': '*', ˋ: '`', '∖': '\\', ˍ: '_' };

/** Undoes the lookalikes. */
export const restoreMarkup = (words: string): string =>
  words.replace(/[∗ˋ∖ˍ]/gu, (drawn) => DRAWN[drawn] ?? drawn);

type Show = (match: RegExpExecArray, seen: Seen, lineStart: boolean) => string;
interface Seen {
  links: { label: string; url: string }[];
  pings: string[];
  marks: string[];
}

/** Discord replaces known names with emoji. */
const EMOJI: Readonly<Record<string, string>> = { fire: '🔥', smile: '😄', '+1': '👍', 100: '💯' };

const styled =
  (mark: string): Show =>
  (match, seen) => {
    seen.marks.push(mark);
    return read(match[1] ?? '', seen, false);
  };
const lined =
  (mark: string): Show =>
  (match, seen) => {
    seen.marks.push(mark);
    return read(match[1] ?? '', seen, true);
  };

/**
 * The rules of Discord's Markdown (Reference, Message Formatting) as its clients apply them: at each position, the first
 * rule that matches. Rules with `^` in the name only apply at the start of a line.
 */
const RULES: readonly (readonly [name: string, pattern: RegExp, show: Show])[] = [
  [
    '^quote',
    /((?:> [^\n]*(?:\n|$))+)/y,
    (match, seen) => {
      seen.marks.push('quote');
      return read((match[1] ?? '').replace(/^> /gmu, ''), seen, true);
    },
  ],
  ['^heading', /[^\S\n]*#{1,3}\s+((?:\\.|[^\n\\])+?)#*[^\S\n]*(?=\n|$)/y, lined('heading')],
  ['^small', /[^\S\n]*-#\s+([^\n]+)/y, lined('small')],
  ['^bullet', /[^\S\n]*[*+-] +([^\n]*)/y, lined('bullet')],
  ['^number', /[^\S\n]*\d+\. +([^\n]*)/y, lined('number')],
  [
    'block',
    /```(?:([\w+\-.#]+)\n)?\n*([^\n][^]*?)\n*```/y,
    (match, seen) => {
      seen.marks.push('block');
      return match[2] ?? '';
    },
  ],
  ['escape', /\\([^0-9A-Za-z\s])/y, (match) => match[1] ?? ''],
  [
    'command',
    /<\/([a-z0-9_-]{1,32}):\d+>/y,
    (match, seen) => {
      seen.marks.push('command');
      return `/${match[1]}`;
    },
  ],
  [
    'angle link',
    /<(https?:\/\/[^ >]+)>/y,
    (match, seen) => {
      seen.links.push({ label: match[1] ?? '', url: match[1] ?? '' });
      return match[1] ?? '';
    },
  ],
  [
    'ping',
    /<@[!&]?\d+>|@everyone|@here/y,
    (match, seen) => {
      seen.pings.push(match[0]);
      return match[0];
    },
  ],
  [
    'form',
    /<(?:#\d+|\/[^>]+:\d+|a?:\w+:\d+|id:\w+)>/y,
    (match, seen) => {
      seen.marks.push('form');
      return match[0];
    },
  ],
  [
    'time',
    /<t:(-?\d+)(?::[a-zA-Z])?>/y,
    (match, seen) => {
      seen.marks.push('time');
      return `[time ${match[1]}]`;
    },
  ],
  [
    'address',
    /https?:\/\/[^\s<]+[^<.,:;"'\]\s]/y,
    (match, seen) => {
      seen.links.push({ label: match[0], url: match[0] });
      return match[0];
    },
  ],
  [
    'link',
    /\[([^[\]]+)\]\(([^\s()\\]+)\)/y,
    (match, seen) => {
      // Escapes don't work in a label: their backslashes show.
      const label = read(match[1] ?? '', seen, false, true);
      seen.links.push({ label, url: match[2] ?? '' });
      return label;
    },
  ],
  ['emoji', /:([\w+-]+):/y, (match) => EMOJI[match[1] ?? ''] ?? match[0]],
  [
    'code',
    /(`+)([^]*?[^`])\1(?!`)/y,
    (match, seen) => {
      seen.marks.push('code');
      return (match[2] ?? '').replace(/^ (?= *`)|(` *) $/gu, '$1');
    },
  ],
  ['strong', /\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/y, styled('strong')],
  ['emphasis', /\*(?=\S)((?:\*\*|\\[^]|\s+(?:\\[^]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y, styled('emphasis')],
  // Clients match only the rest of the message: whatever precedes it, an underscore at its start is at a word boundary.
  ['emphasis', /_((?:__|\\[^]|[^\\_])+?)_\b/y, styled('emphasis')],
  ['underline', /__((?:\\[^]|[^\\])+?)__(?!_)/y, styled('underline')],
  ['strike', /~~([^]+?)~~(?!_)/y, styled('strike')],
  ['spoiler', /\|\|([^]+?)\|\|/y, styled('spoiler')],
];

/** Reads a message like Discord's clients. Without zero-width characters. */
export function readMarkdown(message: string): ReadMarkdown {
  const seen: Seen = { links: [], pings: [], marks: [] };
  const words = read(message, seen, true);
  return { words: words.replaceAll('\u200b', ''), ...seen };
}

function read(message: string, seen: Seen, startsLine: boolean, isLabel = false): string {
  let words = '';
  let place = 0;
  while (place < message.length) {
    const lineStart = place === 0 ? startsLine : message[place - 1] === '\n';
    const [found, show] = firstMatch(message, place, lineStart, isLabel);
    if (found && show) {
      words += show(found, seen, lineStart);
      place += found[0].length;
    } else {
      words += message[place];
      place += 1;
    }
  }
  return words;
}

function firstMatch(
  message: string,
  place: number,
  lineStart: boolean,
  isLabel: boolean,
): readonly [RegExpExecArray?, Show?] {
  for (const [name, pattern, show] of RULES) {
    if (name.startsWith('^') && !lineStart) continue;
    if (isLabel && name === 'escape') continue;
    pattern.lastIndex = place;
    const found = pattern.exec(message);
    if (found) return [found, show];
  }
  return [];
}
