import type { Image, ImageReference, Nodes, PhrasingContent } from 'mdast';
import type { Block } from '../document.ts';
import { kindByEnding } from '../media.ts';
import { webUrl } from '../parse/address.ts';
import { withoutSecrets } from '../parse/secrets.ts';
import type { Context } from './inlines.ts';

type Picture = Image | ImageReference;

/** Whether nodes hold a picture that can be shown. */
export const hasPicture = (nodes: readonly Nodes[], context: Context): boolean =>
  nodes.some(
    (node) =>
      pictureOf(node, context) !== undefined || ('children' in node && hasPicture(node.children, context)),
  );

/** The pictures in nodes, in their order. */
export const picturesIn = (nodes: readonly Nodes[], context: Context): readonly Block[] =>
  nodes.flatMap(
    (node) => pictureOf(node, context) ?? ('children' in node ? picturesIn(node.children, context) : []),
  );

/** A line of text and the pictures in it, apart and in their order; what is around a picture is around what stands beside it. */
export function apartFromPictures(
  line: readonly PhrasingContent[],
  context: Context,
): readonly (Block | PhrasingContent[])[] {
  const found: (Block | PhrasingContent[])[] = [];
  const say = (node: PhrasingContent): void => {
    const last = found.at(-1);
    if (Array.isArray(last)) last.push(node);
    else found.push([node]);
  };
  for (const node of line) {
    const picture = pictureOf(node, context);
    if (picture) found.push(picture);
    else if (!('children' in node) || !hasPicture(node.children, context)) say(node);
    else {
      const parts = apartFromPictures(node.children, context);
      for (const part of parts) {
        if (!Array.isArray(part)) found.push(part);
        else say({ ...node, children: part });
      }
      if (node.type === 'link' && !parts.some(Array.isArray) && !leadsToPicture(node.url))
        say(namedBy(node.children, node));
    }
  }
  return found;
}

/** A link around a picture alone is called as the picture is, or by its own address. */
function namedBy(
  children: readonly PhrasingContent[],
  node: Extract<PhrasingContent, { type: 'link' }>,
): PhrasingContent {
  const alt = children.flatMap((child) => ('alt' in child && child.alt ? [child.alt] : []));
  return { ...node, children: [{ type: 'text', value: alt[0] ?? node.url }] };
}

/** The picture is there already, in another size. */
function leadsToPicture(address: string): boolean {
  const url = webUrl(address);
  return url !== undefined && kindByEnding(url) === 'image';
}

function pictureOf(node: Nodes, { definitions }: Context): Block | undefined {
  const url = isPicture(node) ? webUrl(addressOf(node, definitions)) : undefined;
  if (url === undefined || !isPicture(node)) return undefined;
  const alt = withoutSecrets(node.alt ?? '');
  const kind = kindByEnding(url) ?? 'image';
  return { type: 'media', items: [{ kind, url, alternatives: [], ...(alt ? { alt } : {}) }] };
}

const isPicture = (node: Nodes): node is Picture => node.type === 'image' || node.type === 'imageReference';

const addressOf = (node: Picture, definitions: Context['definitions']): string =>
  node.type === 'image' ? node.url : (definitions.get(node.identifier) ?? '');
