import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { memoize } from '../../lib/memoize.ts';
import { labelClaim } from '../../note/links/label-claims.ts';
import { isInvisible } from '../../note/links/skeleton.ts';

/** Characters that browsers send unencoded but that URIs can't contain (RFC 3986). */
const NO_URI = /[<>"{}|\\^`]/gu;

/** Absolute http and https URLs, as valid URIs; `undefined` for all others. */
export const safeUrl = memoize((url: string): string | undefined => {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/u.test(parsed.protocol) || parsed.hostname === '') return undefined;
  return parsed.href.replace(NO_URI, encodeURIComponent);
});

/**
 * A link with this label. A label that looks like a different URL is followed by the real one; an invisible label is
 * replaced by it. Only http and https URLs are linked. `rel` keeps browsers from sending the referrer, and search
 * engines from counting links that the operator didn't choose.
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
