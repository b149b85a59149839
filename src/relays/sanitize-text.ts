import { truncateLine, truncateText } from '../lib/truncate-text.ts';
import { redactSecrets } from '../note/parse/secrets.ts';

// Controls, and the marks that turn the direction of text: both can disguise what stands around them.
const INVISIBLE = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Somebody's words without secrets, as at most `maxLength` characters on one line; empty for what is not a string. */
export function sanitizeLine(value: unknown, maxLength: number): string {
  return truncateLine(clean(value, maxLength, ' '), maxLength);
}

/** Somebody's words without secrets, as at most `maxLength` characters, line breaks kept; empty for what is not a string. */
export function sanitizeText(value: unknown, maxLength: number): string {
  const lines = clean(value, maxLength, '\n').split('\n');
  return truncateText(
    lines
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    maxLength,
  );
}

function clean(value: unknown, maxLength: number, lineBreak: string): string {
  if (typeof value !== 'string') return '';
  // Four times as much as can be shown is looked at: the rest may be megabytes.
  const words = value
    .slice(0, maxLength * 4)
    .replace(/\r\n?|\n/g, '\n')
    .replace(INVISIBLE, (mark) => (mark === '\n' ? lineBreak : mark === '\t' ? ' ' : ''));
  return redactSecrets(words);
}
