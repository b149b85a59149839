import { hashtagKey } from '../hashtag.ts';
import { WITHOUT_SPACES } from '../tokens.ts';
import type { Hints, Pass } from './scan.ts';

const TAG = /[#＃]([\p{L}\p{N}_][\p{L}\p{M}\p{N}_]{0,79}(?:-[\p{L}\p{M}\p{N}_]{1,80}){0,8})/uy;
const MAX_TAG = 80;

type Tags = Hints['tags'];

/** What a list of tags says, found out once for a whole text: hostile events have thousands of tags and of words. */
function perTags<T>(read: (tags: Tags) => T): (tags: Tags) => T {
  const known = new WeakMap<Tags, T>();
  return (tags) => {
    const found = known.get(tags) ?? read(tags);
    known.set(tags, found);
    return found;
  };
}

const tagsNamed = perTags(
  (tags) => new Set(tags.flatMap(([name, value = '']) => (name === 't' ? hashtagKey(value) : []))),
);
const emojiNamed = perTags(
  (tags) => new Map(tags.toReversed().map(([kind, name, url]) => [kind === 'emoji' ? name : undefined, url])),
);

/** Letters of scripts with spaces, numbers, and what joins: a sign right after them is inside something else. */
const GLUED = new RegExp(
  String.raw`(?:[[\p{L}\p{M}\p{N}]--[${WITHOUT_SPACES}\u{fe00}-\u{fe0f}\u20e3]]|[_#＃&\/])$`,
  'v',
);
/** What the sign closes: `#harbour#`, as people write hashtags in China. */
const BEGUN = /[#＃][\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_]$/u;
const MAX_BEFORE = 2 * MAX_TAG;

/** Hashtags in any script. Right after a word they begin only where words have no spaces between. A hyphen belongs to one only where the event's own `t` tags say so. */
export const hashtags: Pass = {
  trigger: /[#＃]/u,
  read(text, at, { tags }) {
    const before = text.slice(Math.max(0, at - MAX_BEFORE), at);
    if (GLUED.test(before.slice(-2)) || BEGUN.test(before)) return undefined;
    TAG.lastIndex = at;
    const whole = TAG.exec(text)?.[1];
    if (!whole) return undefined;
    // Cut short by the pattern: longer than any word is.
    if (/[\p{L}\p{M}\p{N}_]/u.test(text.charAt(at + 1 + whole.length))) return undefined;
    const tag = tagsNamed(tags).has(hashtagKey(whole)) ? whole : (whole.split('-')[0] ?? '');
    // A digit alone is a number ("#1"), and what is longer than any word is none.
    if (!/\p{L}/u.test(tag) || tag.length > MAX_TAG) return undefined;
    return {
      end: at + 1 + tag.length,
      inlines: [{ type: 'hashtag', tag: hashtagKey(tag), written: text.slice(at, at + 1 + tag.length) }],
    };
  },
};

const SHORTCODE = /:([\w-]{1,64}):/uy;

/** NIP-30 emoji: only names that the event's tags explain. */
export const customEmoji: Pass = {
  trigger: /:[\w-]/u,
  read(text, at, { tags }) {
    SHORTCODE.lastIndex = at;
    const name = SHORTCODE.exec(text)?.[1];
    const url = name && emojiNamed(tags).get(name);
    return url ? { end: at + name.length + 2, inlines: [{ type: 'emoji', name, url }] } : undefined;
  },
};
