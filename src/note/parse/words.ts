import type { Pass } from './scan.ts';

const TAG = /#([\p{L}\p{N}_][\p{L}\p{M}\p{N}_]{0,79}(?:-[\p{L}\p{M}\p{N}_]{1,80}){0,8})/uy;
const MAX_TAG = 80;

/** Hashtags in any script. A hyphen belongs to one only where the event's own `t` tags say so. */
export const hashtags: Pass = {
  trigger: /#/u,
  read(text, at, { tags }) {
    if (/[\p{L}\p{N}_#&/]/u.test(text.charAt(at - 1))) return undefined;
    TAG.lastIndex = at;
    const whole = TAG.exec(text)?.[1];
    if (!whole) return undefined;
    const named = new Set(tags.filter(([name]) => name === 't').map(([, value = '']) => value.toLowerCase()));
    const tag = named.has(whole.toLowerCase()) ? whole : (whole.split('-')[0] ?? '');
    // A digit alone is a number ("#1"), and what is longer than any word is none.
    if (!/\p{L}/u.test(tag) || tag.length > MAX_TAG) return undefined;
    return {
      end: at + 1 + tag.length,
      inlines: [{ type: 'hashtag', tag: tag.toLowerCase(), written: `#${tag}` }],
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
    const url = tags.find((tag) => tag[0] === 'emoji' && tag[1] === name)?.[2];
    return name && url ? { end: at + name.length + 2, inlines: [{ type: 'emoji', name, url }] } : undefined;
  },
};
