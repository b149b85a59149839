import { truncateLine } from '../../lib/truncate-text.ts';
import { type Document, type Inline, link, type Media, text } from '../document.ts';
import type { VerifiedEvent } from '../note.ts';
import { normalizeText } from '../parse/normalize.ts';
import { hasSecret, redactSecrets, splitAtSecrets } from '../parse/secrets.ts';
import { placeholder } from '../placeholders.ts';
import { tagValue } from '../pointer.ts';
import type { PostType } from '../post-types.ts';
import { plainTitle } from './title.ts';

/** The result of a kind's parser: the fields that depend on the kind. */
export interface ParsedKind {
  readonly title?: string | undefined;
  readonly body: Document;
  readonly media: readonly Media[];
  readonly postType: PostType;
  readonly replyTo?: string | undefined;
  /** Whether authors of this kind choose `t` tags in a separate field, for readers, and not in the text. */
  readonly listsTags?: true;
  /** A stream that has ended: not announced, but posts of it are edited. */
  readonly ended?: true;
}

/**
 * The text of the first tag with that name, on one line, at most `length` characters; `undefined` if it is empty or
 * nothing but a secret, which is removed.
 */
export function tagText(event: VerifiedEvent, name: string, length = 200): string | undefined {
  const value = tagValue(event, name) ?? '';
  const saysMore = !hasSecret(value) || /[\p{L}\p{N}]/u.test(splitAtSecrets(value).join(''));
  return (saysMore && cleanLine(value, length)) || undefined;
}

/** The title in the first tag with that name, without Markdown around it; `undefined` if there is none. */
export function tagTitle(event: VerifiedEvent, name = 'title'): string | undefined {
  return plainTitle(tagText(event, name) ?? '') || undefined;
}

/** Text from a tag on one line, without secrets and deceptive characters. */
export function cleanLine(written: string, length = 200): string {
  return truncateLine(redactSecrets(normalizeText(written.slice(0, MAX_VALUE))), length);
}

/** A longer URL of a source tells a reader nothing. */
const LONG_ADDRESS = 80;

export const isLongAddress = (url: string): boolean => url.length >= LONG_ADDRESS;

/** The page that a note is about: its URL, or a link named by its site if that is long. */
export function pageLabel(url: string): readonly Inline[] {
  if (!isLongAddress(url)) return [link(url)];
  const site = new URL(url).hostname.replace(/^www\./u, '');
  return [{ type: 'link', url, written: url, label: [placeholder('somePage')] }, text(` · ${site}`)];
}

/** UTF-16 units read of a tag's value; secrets are removed before it is shortened. */
const MAX_VALUE = 65_536;

/** Seconds since 1970 in the first tag with that name; `undefined` if it is not a valid time. */
export function tagTime(event: VerifiedEvent, name: string): number | undefined {
  const at = Number(tagValue(event, name) || Number.NaN);
  return Number.isSafeInteger(at) && at > 0 && at <= MAX_TIME ? at : undefined;
}

/** The end of the year 9999, the last date that every platform can show. */
const MAX_TIME = 253_402_300_799;
