import { attributes, type Markup, markup, printable } from '../../lib/markup.ts';
import { type CooperativeTask, runToCompletion } from '../../lib/time-slicing.ts';
import type { Block, Button, Document } from '../../note/document.ts';
import { withJudgedLinks } from '../../platform/link-targets.ts';
import { type HtmlStyle, inlineMarkup, isolated } from './inlines.ts';
import { linkTo, safeUrl } from './links.ts';
import { galleryMarkup } from './media.ts';

/** A document as HTML: blocks for an `<article>`. Pure; never throws. */
export const renderHtml = (document: Document, style: HtmlStyle): Markup =>
  runToCompletion(renderHtmlInSteps(document, style));

/** The same in steps, so that long documents don't block the process. */
export function* renderHtmlInSteps(document: Document, style: HtmlStyle): CooperativeTask<Markup> {
  return yield* blocksMarkup(withJudgedLinks(document), { ...style, topLevel: topLevelOf(document) });
}

/** A style, and the level of the document's largest headings, which are shown right below its title. */
interface LevelledStyle extends HtmlStyle {
  readonly topLevel: number;
}

function topLevelOf(document: Document): number {
  const levels = document.flatMap((block) =>
    block.type === 'heading' ? block.level : block.type === 'hidden' ? topLevelOf(block.children) : [],
  );
  return Math.min(3, ...levels);
}

function* blocksMarkup(document: Document, style: LevelledStyle): CooperativeTask<Markup> {
  const blocks: Markup[] = [];
  for (const block of document) {
    blocks.push(yield* blockMarkup(block, style));
    yield;
  }
  return markup`${blocks}`;
}

function* blockMarkup(block: Block, style: LevelledStyle): CooperativeTask<Markup> {
  switch (block.type) {
    case 'paragraph':
      return markup`<p dir="auto">${inlineMarkup(block.children, style)}</p>`;
    case 'small':
      return markup`<p class="small" dir="auto">${inlineMarkup(block.children, style)}</p>`;
    case 'heading':
      return headingMarkup(
        style.titleLevel + 1 + Math.max(0, block.level - style.topLevel),
        inlineMarkup(block.children, style),
      );
    case 'list': {
      const items = block.items.map((item) => markup`<li dir="auto">${inlineMarkup(item, style)}</li>`);
      return block.start === undefined
        ? markup`<ul>${items}</ul>`
        : markup`<ol${attributes({ start: block.start })}>${items}</ol>`;
    }
    case 'quote':
      return markup`<blockquote>${yield* blocksMarkup(block.children, style)}</blockquote>`;
    case 'quoted-note': {
      const author = linkTo(
        block.url,
        markup`<cite><bdi>${isolated(block.author)}</bdi></cite>`,
        block.author,
      );
      const words = yield* blocksMarkup(block.children, { ...style, titleLevel: below(style.titleLevel) });
      return markup`<blockquote class="note"><p>${author}</p>${words}</blockquote>`;
    }
    case 'code-block': {
      const language = block.language === undefined ? undefined : languageClass(block.language);
      return markup`<pre><code${attributes({ class: language })}>${isolated(block.text)}</code></pre>`;
    }
    case 'media':
      return galleryMarkup(block.items);
    case 'link-card':
      return markup`<p class="card" dir="auto">${linkTo(block.url, markup`<strong>${isolated(block.title)}</strong>`, block.title)}<br /><span>${isolated(block.site)}</span></p>`;
    case 'hidden':
      return yield* hiddenMarkup(block, style);
    case 'divider':
      return markup`<hr />`;
    case 'portrait':
      return portrait(block.url, block.alt);
    case 'byline':
      return markup`<p class="byline">${block.picture !== undefined && portrait(block.picture, '')}${linkTo(block.url, markup`<bdi>${isolated(block.name)}</bdi>`, block.name)}</p>`;
    case 'buttons':
      return buttonsMarkup(block.rows.flat());
    case 'select':
      // A select changes settings in a chat, and there is no chat here.
      return markup``;
  }
}

/** Sections are one level below the document's title. HTML has six levels. */
function headingMarkup(level: number, words: Markup): Markup {
  const tag = { text: `h${Math.min(level, 6)}` } as Markup;
  return markup`<${tag} dir="auto">${words}</${tag}>`;
}

const below = (level: HtmlStyle['titleLevel']): HtmlStyle['titleLevel'] =>
  level === 1 ? 2 : level === 2 ? 3 : 4;

/** Closed until the reader opens it, without a script; its media aren't loaded before. Feeds show only the reason. */
function* hiddenMarkup(
  { reason, children }: Extract<Block, { readonly type: 'hidden' }>,
  style: LevelledStyle,
): CooperativeTask<Markup> {
  if (style.hiddenContentUrl !== undefined)
    return markup`<p><strong>${isolated(reason)}</strong></p><p>${linkTo(style.hiddenContentUrl, markup`${style.labels.show}`, style.labels.show)}</p>`;
  const inside = yield* blocksMarkup(children, style);
  return markup`<details class="hidden"><summary><bdi>${isolated(reason)}</bdi></summary>${inside}</details>`;
}

function portrait(url: string, alt: string): Markup {
  const src = safeUrl(url);
  if (src === undefined) return markup``;
  const picture = {
    class: 'portrait',
    src,
    alt,
    width: 48,
    height: 48,
    loading: 'lazy',
    referrerpolicy: 'no-referrer',
  };
  return markup`<img${attributes(picture)} />`;
}

/** Only links: other buttons work only in a chat. */
function buttonsMarkup(all: readonly Button[]): Markup {
  const links = all.flatMap((button) =>
    'url' in button ? [linkTo(button.url, markup`${button.label}`, button.label)] : [],
  );
  return links.length > 0
    ? markup`<p class="buttons">${links.map((link, index) => [index > 0 && ' · ', link])}</p>`
    : markup``;
}

/** The class that syntax highlighters expect. */
const languageClass = (language: string): string | undefined =>
  /^[\w+#.-]{1,32}$/u.test(printable(language)) ? `language-${language.toLowerCase()}` : undefined;
