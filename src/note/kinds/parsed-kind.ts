import { truncateLine } from '../../lib/truncate-text.ts';
import { type Document, type Inline, link, type Media, text } from '../document.ts';
import type { PostType, VerifiedEvent } from '../note.ts';
import { normalizeText } from '../parse/normalize.ts';
import { hasSecret, redactSecrets, splitAtSecrets } from '../parse/secrets.ts';
import { placeholder } from '../placeholders.ts';
import { tagValue } from '../pointer.ts';
import { plainTitle } from './title.ts';

/** What a kind gives a note; all else is the same for every kind. */
export interface ParsedKind {
  readonly title?: string | undefined;
  readonly body: Document;
  readonly media: readonly Media[];
  readonly postType: PostType;
  readonly replyTo?: string | undefined;
  /** Whether authors of this kind choose their `t` tags in a field of its own, for readers, and not in the text. */
  readonly listsTags?: true;
  /** What it told of has ended: no news, but what stands is changed. */
  readonly ended?: true;
}

/**
 * The words in the first tag of that name, on one line, at most `length` characters; `undefined` where there are none, or
 * nothing but a secret, which is left out.
 */
export function tagText(event: VerifiedEvent, name: string, length = 200): string | undefined {
  const value = tagValue(event, name) ?? '';
  const saysMore = !hasSecret(value) || /[\p{L}\p{N}]/u.test(splitAtSecrets(value).join(''));
  return (saysMore && cleanLine(value, length)) || undefined;
}

/** The title in the first tag of that name, without Markdown around it; `undefined` where there is none. */
export function tagTitle(event: VerifiedEvent, name = 'title'): string | undefined {
  return plainTitle(tagText(event, name) ?? '') || undefined;
}

/** Words from a tag on one line, without secrets and without what is only there to deceive. */
export function cleanLine(written: string, length = 200): string {
  return truncateLine(redactSecrets(normalizeText(written.slice(0, MAX_VALUE))), length);
}

/** Longer addresses of a source say nothing to a reader. */
const LONG_ADDRESS = 80;

export const isLongAddress = (url: string): boolean => url.length >= LONG_ADDRESS;

/** A page that a note is about: its address, or a link and its site where that is long. */
export function pageLabel(url: string): readonly Inline[] {
  if (!isLongAddress(url)) return [link(url)];
  const site = new URL(url).hostname.replace(/^www\./u, '');
  return [{ type: 'link', url, written: url, label: [placeholder('somePage')] }, text(` · ${site}`)];
}

/** What is read of a tag's value at most: secrets are looked for before it is cut. */
const MAX_VALUE = 65_536;

/** Seconds since 1970 in the first tag of that name; `undefined` for anything that is no moment. */
export function tagTime(event: VerifiedEvent, name: string): number | undefined {
  const at = Number(tagValue(event, name) || Number.NaN);
  return Number.isSafeInteger(at) && at > 0 && at <= MAX_TIME ? at : undefined;
}

/** As far as a date reaches that every platform can show: the end of the year 9999. */
const MAX_TIME = 253_402_300_799;
