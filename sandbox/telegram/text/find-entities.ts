import type { Entity } from '../world/api-types.ts';

/** Top-level domains that turn a bare word into a link: country codes, and the most common generic ones. */
const COUNTRIES =
  'a[cdefgilmoqrstuwxz]|b[abdefghijmnorstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[cegrstu]|f[ijkmor]|g[abdefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]|m[acdeghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|s[abcdeghiklmnorstuvxyz]|t[cdfghjklmnortvwz]|u[agksyz]|v[aceginu]|w[fs]|y[et]|z[amw]';
const GENERIC =
  'com|org|net|info|biz|dev|app|xyz|news|blog|social|space|online|site|land|band|media|tech|cloud|pub|link|live';
const HOST = `(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:${COUNTRIES}|${GENERIC})`;

/** Entities that the server detects by itself. The first group is the entity's text. */
const FINDERS: readonly { readonly type: string; readonly pattern: RegExp }[] = [
  { type: 'url', pattern: /(?<![a-z0-9])((?:https?|ftp|tonsite):\/\/[^\s<>"]+)/giu },
  { type: 'email', pattern: new RegExp(`(?<![\\w.+-])([\\w.+-]+@${HOST})(?![\\w-])`, 'giu') },
  {
    type: 'url',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}_@./-])(${HOST}(?::\\d+)?(?:[/?#][^\\s<>"]*)?)(?![\\p{L}\\p{N}_@-])`,
      'giu',
    ),
  },
  { type: 'mention', pattern: /(?<![\p{L}\p{N}_])(@[a-z0-9_]{4,32})(?![\p{L}\p{N}_])/giu },
  {
    type: 'bot_command',
    pattern: /(?<![\p{L}\p{N}_/<>])(\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?)(?![\p{L}\p{N}_/<>])/giu,
  },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_])(#[\p{L}\p{N}_\u200c]{1,256})(?![\p{L}\p{N}_\u200c]*#)/giu },
  { type: 'cashtag', pattern: /(?<![\p{L}\p{N}_$])(\$[A-Z]{1,8})(?![\p{L}\p{N}_$])/gu },
];

/** The entities that the server detects in a text; none overlap. */
export function findEntities(text: string): readonly Entity[] {
  const found: Entity[] = [];
  for (const { type, pattern } of FINDERS) {
    for (const match of text.matchAll(pattern)) {
      const word = type === 'url' ? withoutTail(match[1] ?? '') : (match[1] ?? '');
      const entity = { type, offset: match.index, length: word.length };
      const real = type !== 'hashtag' || /[^\d_#]/.test(word);
      if (real && !found.some((other) => overlap(other, entity))) found.push(entity);
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

/** Drops punctuation and unbalanced brackets from the end of an address. */
function withoutTail(url: string): string {
  let kept = url.replace(/[.,:;!?'"»…]+$/u, '');
  while (kept.endsWith(')') && !kept.includes('(')) kept = kept.slice(0, -1).replace(/[.,:;!?'"]+$/u, '');
  return kept;
}

export function overlap(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
