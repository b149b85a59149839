import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { memoize } from '../../lib/memoize.ts';
import { labelClaim } from '../../note/links/label-claims.ts';
import { isInvisible } from '../../note/links/skeleton.ts';

/** What browsers send as it is, but no URI may contain (RFC 3986). */
const NO_URI = /[<>"{}|\\^`]/gu;

/** Absolute http and https URLs, as valid URIs; `undefined` for all others. */
export const safeUrl = memoize((url: string): string | undefined => {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/u.test(parsed.protocol) || parsed.hostname === '') return undefined;
  return parsed.href.replace(NO_URI, encodeURIComponent);
});

/**
 * A link with that label. A label that looks like another address is followed by the true one; one that can't be seen is
 * replaced by it. What isn't http or https isn't linked. `rel` says that readers' browsers shouldn't tell where they come
 * from, and that search engines shouldn't count links that nobody here chose.
 */
export function linkTo(url: string, label: Markup, words: string): Markup {
  const href = safeUrl(url);
  if (href === undefined) return label;
  if (isInvisible(words)) return anchor(href, markup`${href}`);
  return labelClaim(words, url) === 'another'
    ? markup`${label} (${anchor(href, markup`${href}`)})`
    : anchor(href, label);
}

const anchor = (href: string, label: Markup): Markup =>
  markup`<a${attributes({ href, rel: 'noopener nofollow ugc' })}>${label}</a>`;
