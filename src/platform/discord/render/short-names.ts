import { type Block, type Document, link, paragraph, small, strong, text } from '../../../note/document.ts';

/** UTF-16 units. Longer ones go into the text, where they can be split and aren't repeated in every part. */
const MAX_NAME = 300;

/** Moves long names, titles and reasons from the head of a block into its text, so that every head fits into a message. */
export function withShortNames(document: Document): Document {
  return document.flatMap(withShortName);
}

function withShortName(block: Block): readonly Block[] {
  if (block.type === 'hidden' && block.reason.length > MAX_NAME)
    return [paragraph(strong(text(block.reason))), { ...block, reason: '' }];
  if (block.type === 'link-card' && block.title.length > MAX_NAME)
    return [paragraph(text(block.title)), paragraph(link(block.url)), small(text(block.site))];
  if (block.type === 'quoted-note' && block.author.length > MAX_NAME)
    return [
      {
        type: 'quote',
        children: [paragraph(text(block.author)), paragraph(link(block.url)), ...block.children],
      },
    ];
  return [block];
}
