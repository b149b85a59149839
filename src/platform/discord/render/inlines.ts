import { commandLine, type Inline, inlineText } from '../../../note/document.ts';
import { withVisibleTargets } from '../../link-targets.ts';
import { createNodeCache } from '../../node-cache.ts';
import { breakMentions, escapeMarkdown, sanitize } from './escape.ts';
import { escapePiece } from './escape-piece.ts';
import { bitsOf, createRunRenderer, followed, joined, type Style } from './inline-runs.ts';
import { bareLink, labelledLink, maskedLink, safeAddress } from './safe-links.ts';

const MARKERS: Readonly<Record<Style, string>> = {
  strong: '**',
  emphasis: '*',
  strike: '~~',
  spoiler: '||',
};

/** Timestamp styles (Reference, Message Formatting). */
const TIME_STYLES = { date: 'D', moment: 'f', day: 'd', ago: 'R', clock: 't' } as const;

/** Renders a run of inlines as Discord Markdown. */
export function renderInlines(children: readonly Inline[]): string {
  return renderRun(withVisibleTargets(children), [], '');
}

/** Line by line, without blank lines. Styles are closed at the end of a line and reopened on the next. */
export function renderLines(children: readonly Inline[]): readonly string[] {
  return linesOf(children)
    .map((line) => renderInlines(line))
    .filter((line) => line.trim() !== '');
}

const once = createNodeCache<string>();
const renderRun = createRunRenderer(renderInline);

function renderInline(inline: Inline, open: readonly Style[], rest: string): string {
  return once(inline, bitsOf(open) | followed(rest), () => renderNew(inline, open, rest));
}

function renderNew(inline: Inline, open: readonly Style[], rest: string): string {
  switch (inline.type) {
    case 'text':
      return escapePiece(inline, rest);
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return styled(inline.type, inline.children, open, rest);
    case 'code':
      return codeSpan(inline.text, open) ?? escapeMarkdown(inline.text, rest);
    case 'command':
      return renderCommand(inline, open, rest);
    case 'link':
      return renderLink(inline, rest);
    case 'mention':
      return renderMention(inline, open, rest);
    case 'hashtag':
    case 'emoji':
      return escapeMarkdown(inlineText([inline]), rest);
    case 'time':
      return `<t:${Math.trunc(inline.at)}:${TIME_STYLES[inline.style]}>`;
  }
}

/** Discord shows markers as text if there is white space inside them, or if they are nested in themselves. */
function styled(style: Style, children: readonly Inline[], open: readonly Style[], rest: string): string {
  if (open.includes(style)) return renderRun(children, open, rest);
  const content = renderRun(children, [...open, style], '');
  const core = content.trim();
  if (core === '') return content;
  const start = content.indexOf(core);
  const marker = MARKERS[style];
  const marked = joined(joined(marker, core), marker);
  return content.slice(0, start) + marked + content.slice(start + core.length);
}

/** `undefined` if the text can't be a code span: three backticks open a block, and styles apply in code, too. */
function codeSpan(text: string, open: readonly Style[]): string | undefined {
  const code = breakMentions(sanitize(text).replace(/\n+/gu, ' '));
  const runs = new Set(code.match(/`+/gu)?.map((run) => run.length));
  if (code.trim() === '' || [...runs].some((run) => run > 2) || runs.size > 1) return undefined;
  if (open.length > 0 && /[*~|]/u.test(code)) return undefined;
  const fence = runs.has(1) ? '``' : '`';
  const padding = /^ *`|` *$/u.test(code) ? ' ' : '';
  return fence + padding + code + padding + fence;
}

/** A command mention if the id is known, which can't contain options. */
function renderCommand(
  command: Extract<Inline, { type: 'command' }>,
  open: readonly Style[],
  rest: string,
): string {
  const inCode = (words: string): string => codeSpan(words, open) ?? escapeMarkdown(words, rest);
  const { name, id, words } = command;
  if (id === undefined) return inCode(commandLine(command));
  return words === undefined ? `</${name}:${id}>` : `</${name}:${id}> ${inCode(words)}`;
}

function renderLink(link: Extract<Inline, { type: 'link' }>, rest: string): string {
  const label = link.label && inlineText(link.label);
  const address = safeAddress(link.url);
  if (address === undefined) return escapeMarkdown(label ?? link.written, rest);
  if (label !== undefined) return labelledLink(label, address, rest);
  return bareLink(safeAddress(link.written) ?? address, rest);
}

/** A bold name, linked unless it looks like an address. Never a Discord mention. */
function renderMention(
  mention: Extract<Inline, { type: 'mention' }>,
  open: readonly Style[],
  rest: string,
): string {
  const name = `@${mention.name.replace(/\s+/gu, ' ').trim()}`;
  const address = safeAddress(mention.url);
  const linked = address && maskedLink(name, address);
  if (linked === undefined || linked === '')
    return styled('strong', [{ type: 'text', text: name }], open, rest);
  return open.includes('strong') ? linked : `**${linked}**`;
}

function linesOf(children: readonly Inline[]): readonly (readonly Inline[])[] {
  const lines: Inline[][] = [[]];
  for (const [first, ...others] of children.map(pieceLines)) {
    if (first) lines.at(-1)?.push(first);
    lines.push(...others.map((piece) => [piece]));
  }
  return lines;
}

function pieceLines(child: Inline): readonly Inline[] {
  if (child.type === 'text')
    return sanitize(child.text)
      .split('\n')
      .map((text) => ({ type: 'text', text }));
  return 'children' in child
    ? linesOf(child.children).map((line) => ({ ...child, children: line }))
    : [child];
}
