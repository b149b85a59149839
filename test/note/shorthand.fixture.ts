import type { Inline } from '../../src/note/document.ts';
import { parseInlines } from '../../src/note/parse/parse-text.ts';

/** A run in shorthand: text as it is, everything else in angle brackets with what it means. */
const shorthand = (run: readonly Inline[]): string =>
  run
    .map((inline) => {
      if (inline.type === 'text') return inline.text;
      if (inline.type === 'link') return `<${inline.label ? 'ref' : 'url'} ${inline.url}>`;
      if (inline.type === 'mention') return '<@>';
      if (inline.type === 'hashtag') return `<#${inline.tag}>`;
      if (inline.type === 'emoji') return `<:${inline.name}>`;
      return `<${inline.type}>`;
    })
    .join('');

/** Plain text as it is parsed, in shorthand. */
export const parsed = (content: string, tags: readonly (readonly string[])[] = []): string =>
  shorthand(parseInlines(content, { tags }));
