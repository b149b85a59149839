import type { ListItem, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { type Block, type Document, paragraph, small, text } from '../document.ts';
import { kindByEnding } from '../media.ts';
import { webUrl } from '../parse/address.ts';
import { clean } from '../parse/clean.ts';
import { paragraphs, parseInlines, trimmed } from '../parse/parse.ts';
import { createRoom, type Hints } from '../parse/scan.ts';
import { hasSecret, withoutSecrets } from '../parse/secrets.ts';
import { type Context, definitionsIn, flat, footnote, run } from './inlines.ts';
import { isOverwrought } from './overwrought.ts';
import { tableIn } from './table.ts';

const MAX_ARTICLE = 200_000;

/**
 * The text of an article (NIP-23: Markdown without HTML) as a document, with the tables, strikes, tasks and footnotes
 * of GitHub's dialect. HTML is shown as it was written. What is made to keep a parser busy is shown as plain text.
 */
export function parseMarkdown(content: string, hints: Hints): Document {
  const words = clean(content.slice(0, MAX_ARTICLE));
  if (isOverwrought(words)) return paragraphs(parseInlines(words, hints, MAX_ARTICLE));
  const root = fromMarkdown(words);
  return blocksOf(root, { ...hints, room: createRoom(), definitions: definitionsIn(root) });
}

const blocksOf = (root: Root, context: Context): Document =>
  root.children.flatMap((node) => blocks(node, context));

function blocks(node: RootContent, context: Context): readonly Block[] {
  switch (node.type) {
    case 'heading':
      return [
        {
          type: 'heading',
          level: node.depth === 1 ? 1 : node.depth === 2 ? 2 : 3,
          children: run(node.children, context),
        },
      ];
    case 'paragraph':
      return tableIn(node.children, context) ?? paragraphWithImages(node.children, context);
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap((child) => blocks(child, context)) }];
    case 'list': {
      const items = node.children.map((item: ListItem) => flat(item, context));
      return [{ type: 'list', items, ...(node.ordered ? { start: node.start ?? 1 } : {}) }];
    }
    case 'code':
      return [
        {
          type: 'code-block',
          text: withoutSecrets(node.value),
          ...(node.lang && !hasSecret(node.lang) ? { language: node.lang } : {}),
        },
      ];
    case 'thematicBreak':
      return [{ type: 'divider' }];
    case 'definition':
      // A footnote of one word reads like the address behind a name.
      return node.identifier.startsWith('^')
        ? [small(text(`${footnote(node.identifier)} `), ...parseInlines(node.url, context))]
        : [];
    default:
      return [paragraph(...flat(node, context))];
  }
}

/** Pictures in a paragraph become blocks at their place. */
function paragraphWithImages(children: readonly PhrasingContent[], context: Context): readonly Block[] {
  const found: Block[] = [];
  let words: PhrasingContent[] = [];
  const flush = () => {
    const rest = trimmed(run(words, context));
    if (rest.length > 0) found.push({ type: 'paragraph', children: rest });
    words = [];
  };
  for (const child of children) {
    const address = addressOfImage(child, context);
    const url = address === undefined ? undefined : webUrl(address);
    if (url === undefined || !('alt' in child)) {
      words.push(child);
      continue;
    }
    flush();
    const kind = kindByEnding(url) ?? 'image';
    const alt = withoutSecrets(child.alt ?? '');
    found.push({ type: 'media', items: [{ kind, url, alternatives: [], ...(alt ? { alt } : {}) }] });
  }
  flush();
  return found;
}

function addressOfImage(node: PhrasingContent, { definitions }: Context): string | undefined {
  if (node.type === 'image') return node.url;
  return node.type === 'imageReference' ? definitions.get(node.identifier) : undefined;
}
