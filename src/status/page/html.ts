import { escapeMarkup } from '../../lib/escape-markup.ts';

/** Markup that is safe to put into a page. */
export interface Html {
  readonly markup: string;
}

/** Markup that was made elsewhere, such as a chart. */
export const trusted = (markup: string): Html => ({ markup });

type Content = Html | string | number | undefined | false | readonly Content[];

/** A template of markup; whatever is put into it is escaped, unless it is markup itself. `undefined` and `false` are nothing. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  markup: parts.map((part, index) => part + markupOf(contents[index])).join(''),
});

function markupOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string' || typeof content === 'number') return escapeMarkup(String(content));
  return 'markup' in content ? content.markup : content.map(markupOf).join('');
}
