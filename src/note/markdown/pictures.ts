import type { Image, ImageReference, Nodes, PhrasingContent } from 'mdast';
import type { Block } from '../document.ts';
import { mediaKindByExtension } from '../media/extract-media.ts';
import { redactSecrets } from '../parse/secrets.ts';
import { parseWebUrl } from '../parse/urls.ts';
import type { MarkdownContext } from './inlines.ts';

type Picture = Image | ImageReference;

/** Whether the nodes contain a picture that can be shown. */
export const hasPicture = (nodes: readonly Nodes[], context: MarkdownContext): boolean =>
  nodes.some(
    (node) =>
      toPicture(node, context) !== undefined || ('children' in node && hasPicture(node.children, context)),
  );

/** The pictures in the nodes, in order. */
export const collectPictures = (nodes: readonly Nodes[], context: MarkdownContext): readonly Block[] =>
  nodes.flatMap(
    (node) => toPicture(node, context) ?? ('children' in node ? collectPictures(node.children, context) : []),
  );

/** Splits a line into text and pictures, in order; formatting around a picture stays around the text beside it. */
export function apartFromPictures(
  line: readonly PhrasingContent[],
  context: MarkdownContext,
): readonly (Block | PhrasingContent[])[] {
  const found: (Block | PhrasingContent[])[] = [];
  const addInline = (node: PhrasingContent): void => {
    const last = found.at(-1);
    if (Array.isArray(last)) last.push(node);
    else found.push([node]);
  };
  for (const node of line) {
    const picture = toPicture(node, context);
    if (picture) found.push(picture);
    else if (!('children' in node) || !hasPicture(node.children, context)) addInline(node);
    else {
      const parts = apartFromPictures(node.children, context);
      for (const part of parts) {
        if (!Array.isArray(part)) found.push(part);
        else addInline({ ...node, children: part });
      }
      if (node.type === 'link' && !parts.some(Array.isArray) && !leadsToPicture(node.url))
        addInline(namedBy(node.children, node));
    }
  }
  return found;
}

/** A link that contains only a picture is labelled with the picture's description, or with its own URL. */
function namedBy(
  children: readonly PhrasingContent[],
  node: Extract<PhrasingContent, { type: 'link' }>,
): PhrasingContent {
  const alt = children.flatMap((child) => ('alt' in child && child.alt ? [child.alt] : []));
  return { ...node, children: [{ type: 'text', value: alt[0] ?? node.url }] };
}

/** The link leads to the same picture in another size. */
function leadsToPicture(address: string): boolean {
  const url = parseWebUrl(address);
  return url !== undefined && mediaKindByExtension(url) === 'image';
}

function toPicture(node: Nodes, { definitions }: MarkdownContext): Block | undefined {
  const url = isPicture(node) ? parseWebUrl(addressOf(node, definitions)) : undefined;
  if (url === undefined || !isPicture(node)) return undefined;
  const alt = redactSecrets(node.alt ?? '');
  const kind = mediaKindByExtension(url) ?? 'image';
  return { type: 'media', items: [{ kind, url, alternatives: [], ...(alt ? { alt } : {}) }] };
}

const isPicture = (node: Nodes): node is Picture => node.type === 'image' || node.type === 'imageReference';

const addressOf = (node: Picture, definitions: MarkdownContext['definitions']): string =>
  node.type === 'image' ? node.url : (definitions.get(node.identifier) ?? '');
