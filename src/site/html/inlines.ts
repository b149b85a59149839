import { en } from '../../i18n/en/catalogue.ts';
import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { formatTime } from '../../note/dates/format-times.ts';
import { commandLine, type Inline, inlineText } from '../../note/document.ts';
import { withVisibleTargets } from '../../platform/link-targets.ts';
import { linkTo } from './links.ts';

/** How to show a document. */
export interface HtmlStyle {
  /** Path of the page that lists a hashtag; without it, hashtags are plain text. */
  readonly hashtagUrl?: (tag: string) => string;
  /** Where readers can see hidden content, for feeds, which can't reveal anything. */
  readonly hiddenContentUrl?: string;
  /** The labels of `hiddenContentUrl` and of a hidden word. */
  readonly labels: { readonly show: string; readonly hidden: string };
  /** The level of the document's own title, 1 to 4; its sections are below it. */
  readonly titleLevel: 1 | 2 | 3 | 4;
}

/** Running text. */
export const inlineMarkup = (run: readonly Inline[], style: HtmlStyle): Markup =>
  runMarkup(withVisibleTargets(run), style);

const runMarkup = (run: readonly Inline[], style: HtmlStyle): Markup =>
  markup`${run.map((inline) => oneInline(inline, style))}`;

function oneInline(inline: Inline, style: HtmlStyle): Markup {
  switch (inline.type) {
    case 'text':
      return lines(inline.text);
    case 'strong':
      return markup`<strong>${runMarkup(inline.children, style)}</strong>`;
    case 'emphasis':
      return markup`<em>${runMarkup(inline.children, style)}</em>`;
    case 'strike':
      return markup`<s>${runMarkup(inline.children, style)}</s>`;
    case 'spoiler':
      return spoiler(inline.children, style);
    case 'code':
      return markup`<code>${isolated(inline.text)}</code>`;
    case 'link':
      return inline.label
        ? linkTo(inline.url, runMarkup(inline.label, style), inlineText(inline.label))
        : linkTo(inline.url, markup`${isolated(inline.written)}`, inline.written);
    case 'mention':
      return linkTo(inline.url, markup`@<bdi>${isolated(inline.name)}</bdi>`, `@${inline.name}`);
    case 'hashtag':
      return style.hashtagUrl
        ? markup`<a class="hashtag"${attributes({ href: style.hashtagUrl(inline.tag), rel: 'tag' })}>${isolated(inline.written)}</a>`
        : lines(inline.written);
    case 'command':
      return markup`<code>${commandLine(inline)}</code>`;
    case 'emoji':
      return markup`${isolated(inlineText([inline]))}`;
    case 'time': {
      const words = inline.words ?? formatTime(inline, en, 'UTC');
      return markup`<time${attributes({ datetime: isoTime(inline.at) })}>${words}</time>`;
    }
  }
}

/** Seconds since 1970 as an RFC 3339 date; `undefined` beyond the year 9999 and before the year 0. */
export function isoTime(at: number): string | undefined {
  const date = new Date(at * 1000);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9_999 ? date.toISOString().replace('.000', '') : undefined;
}

/**
 * Hidden until the reader ticks it: a checkbox needs no script, works by touch and by keyboard, and is allowed inside a
 * paragraph, where `<details>` isn't.
 */
function spoiler(children: readonly Inline[], style: HtmlStyle): Markup {
  const { show, hidden } = style.labels;
  return style.hiddenContentUrl === undefined
    ? markup`<label class="spoiler"><input type="checkbox"${attributes({ 'aria-label': show })} /><span>${runMarkup(children, style)}</span></label>`
    : markup`${linkTo(style.hiddenContentUrl, markup`[${hidden}]`, hidden)}`;
}

const lines = (words: string): Markup =>
  markup`${isolated(words)
    .split('\n')
    .map((line, index) => (index > 0 ? [markup`<br />`, line] : line))}`;

/**
 * Balances the bidi isolates in a text: closes those left open and drops closing characters without an opening one,
 * so that the text after it isn't reordered.
 */
export function isolated(words: string): string {
  if (!/[\u2066-\u2069]/u.test(words)) return words;
  let open = 0;
  const kept = words.replace(/[\u2066-\u2069]/gu, (character) => {
    if (character !== '\u2069') open += 1;
    else if (open === 0) return '';
    else open -= 1;
    return character;
  });
  return kept + '\u2069'.repeat(open);
}
