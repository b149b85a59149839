import { hashtagKey } from '../hashtag.ts';
import { WITHOUT_SPACES } from '../search/tokenizer.ts';
import type { Pass, ScanContext } from './inline-scanner.ts';

/** A hashtag ends before a URL or code that is glued to it. */
const LETTER = '(?!https?://|nostr:)[\\p{L}\\p{M}\\p{N}_]';
const TAG = new RegExp(`[#＃]((?!\\p{M})${LETTER}(?:${LETTER}){0,79}(?:-(?:${LETTER}){1,80}){0,8})`, 'iuy');
const CONTINUES = new RegExp(`^${LETTER}`, 'iu');
const MAX_TAG = 80;

type Tags = ScanContext['tags'];

/** Derives something from an event's tags once per text: hostile events have thousands of tags and words. */
function memoizePerTags<T>(read: (tags: Tags) => T): (tags: Tags) => T {
  const known = new WeakMap<Tags, T>();
  return (tags) => {
    const found = known.get(tags) ?? read(tags);
    known.set(tags, found);
    return found;
  };
}

const tagsNamed = memoizePerTags(
  (tags) => new Set(tags.flatMap(([name, value = '']) => (name === 't' ? hashtagKey(value) : []))),
);
const emojiNamed = memoizePerTags(
  (tags) => new Map(tags.toReversed().map(([kind, name, url]) => [kind === 'emoji' ? name : undefined, url])),
);

/** Letters of scripts with spaces, digits and joiners; a hash sign right after one is not the start of a hashtag. */
const GLUED = new RegExp(
  String.raw`(?:[[\p{L}\p{M}\p{N}]--[${WITHOUT_SPACES}\u{fe00}-\u{fe0f}\u20e3]]|[_#＃&\/])$`,
  'v',
);
/** A closing sign: `#harbour#`, as hashtags are written in China. */
const BEGUN = /[#＃][\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_]$/u;
const MAX_BEFORE = 2 * MAX_TAG;

/**
 * Hashtags in any script. They start in the middle of a word only in scripts without spaces, and contain a hyphen only if
 * one of the event's own `t` tags does.
 */
export const hashtags: Pass = {
  trigger: /[#＃]/u,
  read(text, at, { tags }) {
    const before = text.slice(Math.max(0, at - MAX_BEFORE), at);
    if (GLUED.test(before.slice(-2)) || BEGUN.test(before)) return undefined;
    TAG.lastIndex = at;
    const whole = TAG.exec(text)?.[1];
    if (!whole) return undefined;
    // The pattern cut it off: it's longer than any word.
    if (CONTINUES.test(text.slice(at + 1 + whole.length, at + 10 + whole.length))) return undefined;
    const tag = tagsNamed(tags).has(hashtagKey(whole)) ? whole : (whole.split('-')[0] ?? '');
    // Neither a lone number ("#1") nor anything longer than a word is a hashtag.
    if (!/\p{L}/u.test(tag) || tag.length > MAX_TAG) return undefined;
    return {
      end: at + 1 + tag.length,
      inlines: [{ type: 'hashtag', tag: hashtagKey(tag), written: text.slice(at, at + 1 + tag.length) }],
    };
  },
};

const SHORTCODE = /:([\w-]{1,64}):/uy;

/** NIP-30 emoji; only names that the event's tags define. */
export const customEmoji: Pass = {
  trigger: /:[\w-]/u,
  read(text, at, { tags }) {
    SHORTCODE.lastIndex = at;
    const name = SHORTCODE.exec(text)?.[1];
    const url = name && emojiNamed(tags).get(name);
    return url ? { end: at + name.length + 2, inlines: [{ type: 'emoji', name, url }] } : undefined;
  },
};
