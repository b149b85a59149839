import type { Nodes, Root } from 'mdast';
import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { hasCostlyTables } from './complexity-guard.ts';
import { decodeEntities } from './html/html-tokens.ts';
import { looseTags } from './html/loose-tag.ts';
import { convertHtml } from './html/nest.ts';

/** GitHub Flavored Markdown without autolinks: bare URLs are detected as in every other note. */
const DIALECT: Options = {
  // A single tilde means "about".
  extensions: [gfmStrikethrough({ singleTilde: false }), gfmFootnote(), gfmTaskListItem(), looseTags],
  mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmFootnoteFromMarkdown(), gfmTaskListItemFromMarkdown()],
};
const WITH_TABLES: Options = {
  extensions: [...(DIALECT.extensions ?? []), gfmTable()],
  mdastExtensions: [...(DIALECT.mdastExtensions ?? []), gfmTableFromMarkdown()],
};
/** A text without any of these characters is not Markdown. */
const MARK = /[*_`[\]~&\\]|^\s*#/u;

const BLANK_LINE = /\n[^\S\n]*\n/u;

/** The Markdown tree of an article, with its HTML converted to Markdown. */
export function parseTree(words: string): Root {
  const dialect = hasCostlyTables(words) ? DIALECT : WITH_TABLES;
  return convertHtml(fromMarkdown(words, dialect), (text) =>
    BLANK_LINE.test(text.trim()) ? treeOfRest(text, dialect).children : readLine(text),
  );
}

/** An unclosed comment or script would hide the rest of the text, so its `<` is escaped. */
const treeOfRest = (text: string, dialect: Options): Root =>
  convertHtml(fromMarkdown(text.replace(/^\s*</u, '&lt;'), dialect), readLine);

/**
 * Text between two tags. CommonMark doesn't parse it unless a blank line precedes it, but people expect Markdown there,
 * too. It stays unparsed if it would be more than one paragraph.
 */
function readLine(written: string): readonly Nodes[] {
  const text = written.replace(/\s+/gu, ' ');
  if (!MARK.test(text)) return [{ type: 'text', value: text }];
  const [only, ...others] = fromMarkdown(text, DIALECT).children;
  if (only?.type === 'heading') return [only];
  if (only?.type !== 'paragraph' || others.length > 0) return [{ type: 'text', value: decodeEntities(text) }];
  const blank = (is: boolean): readonly Nodes[] => (is ? [{ type: 'text', value: ' ' }] : []);
  return [
    ...blank(text.startsWith(' ')),
    ...only.children.map(
      (node): Nodes => (node.type === 'html' ? { type: 'text', value: node.value } : node),
    ),
    ...blank(text.endsWith(' ')),
  ];
}
