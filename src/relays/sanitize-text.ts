import { truncateLine, truncateText } from '../lib/truncate-text.ts';
import { redactSecrets } from '../note/parse/secrets.ts';

// Control characters and direction marks: both can disguise the text around them.
const INVISIBLE = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** A stranger's text without secrets, on one line of at most `maxLength` characters; empty if it isn't a string. */
export function sanitizeLine(value: unknown, maxLength: number): string {
  return truncateLine(clean(value, maxLength, ' '), maxLength);
}

/** A stranger's text without secrets, at most `maxLength` characters, line breaks kept; empty if it isn't a string. */
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
  // Four times what can be shown is enough to look at. The rest may be megabytes.
  const text = value
    .slice(0, maxLength * 4)
    .replace(/\r\n?|\n/g, '\n')
    .replace(INVISIBLE, (mark) => (mark === '\n' ? lineBreak : mark === '\t' ? ' ' : ''));
  return redactSecrets(text);
}
