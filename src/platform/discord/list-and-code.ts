import type { Inline } from '../../note/document.ts';
import { cleaned, unpinging, ZERO_WIDTH } from './escape.ts';
import { renderInlines } from './inline.ts';

const LANGUAGE = /^[\w+\-.#]+$/u;

/** A list in Discord's Markdown: bullets, or numbers from `start`. */
export function renderList(items: readonly (readonly Inline[])[], start: number | undefined): string {
  return items
    .map((item, index) => {
      const marker = start === undefined ? '- ' : `${start + index}. `;
      return (
        marker +
        renderInlines(item)
          .trim()
          .replace(/\n+/gu, `\n${' '.repeat(marker.length)}`)
      );
    })
    .join('\n');
}

/** A fenced block that nothing in the code can close; empty where there is nothing to show. */
export function codeBlock(code: string, language = ''): string {
  const content = unpinging(cleaned(code)).replaceAll('```', `\`\`${ZERO_WIDTH}\``);
  if (content.trim() === '') return '';
  return `\`\`\`${LANGUAGE.test(language) ? language : ''}\n${content}\n\`\`\``;
}
