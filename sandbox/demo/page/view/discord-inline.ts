import { timestamp } from './time.ts';
import { h, lines, outwards, type View, veil } from './view.ts';

interface Rule {
  /** Matched at one offset of the text. */
  readonly pattern: RegExp;
  show(match: readonly string[], nowMs: number): View | readonly View[];
}

const styled =
  (tag: string) =>
  ([, inner = '']: readonly string[], nowMs: number): View =>
    h(tag, {}, inlineViews(inner, nowMs));

function masked([, label = '', url = '']: readonly string[], nowMs: number): View {
  return outwards(url, inlineViews(label, nowMs));
}

/** Discord's inline Markdown (Reference, Message Formatting). The first matching rule wins. */
const rules: readonly Rule[] = [
  { pattern: /\\([^A-Za-z0-9\s])/uy, show: ([, character = '']) => character },
  {
    pattern: /(`{1,2})([^`]|[^`][\s\S]*?[^`])\1(?!`)/uy,
    show: ([, , code = '']) => h('code', {}, code.trim()),
  },
  { pattern: /\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/suy, show: styled('strong') },
  { pattern: /__((?:\\.|[^\\])+?)__(?!_)/suy, show: styled('u') },
  { pattern: /~~((?:\\.|[^\\])+?)~~/suy, show: styled('s') },
  { pattern: /\*(?![\s*])((?:\\.|\*\*.+?\*\*|[^\\*])+?)\*(?!\*)/suy, show: styled('em') },
  { pattern: /_(?![\s_])((?:\\.|[^\\_])+?)_(?![\w_])/suy, show: styled('em') },
  {
    pattern: /\|\|((?:\\.|[^\\])+?)\|\|/suy,
    show: ([, inner = ''], nowMs) => h('span', { class: 'spoiler', ...veil() }, inlineViews(inner, nowMs)),
  },
  { pattern: /\[((?:\\.|[^\\\]])+)\]\(<(https?:\/\/[^\s<>]+)>\)/uy, show: masked },
  { pattern: /\[((?:\\.|[^\\\]])+)\]\((https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))+)\)/uy, show: masked },
  { pattern: /<@&([^<>\n]+)>/uy, show: ([, name = '']) => h('span', { class: 'mention' }, `@${name}`) },
  {
    pattern: /<\/([\w -]{1,32}):\d+>/uy,
    show: ([, name = '']) => h('span', { class: 'mention' }, `/${name}`),
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/uy, show: ([, url = '']) => outwards(url, url) },
  { pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"'\])!?*_~|]/uy, show: ([url = '']) => outwards(url, url) },
  {
    pattern: /<t:(\d+)(?::([tTdDfFR]))?>/uy,
    show: ([, at = '', style = 'f'], nowMs) => h('time', {}, timestamp(Number(at), style, nowMs)),
  },
];

/** Characters that may begin markup; anything else is plain text. */
const PLAIN = /[^\\`*_~|[<h]+/uy;

/** A run of Discord's Markdown as views. What no rule matches is shown as written. */
export function inlineViews(text: string, nowMs: number): readonly View[] {
  const views: View[] = [];
  for (let at = 0; at < text.length; ) {
    const piece = styledAt(text, at, nowMs) ?? plainAt(text, at);
    views.push(...piece.views);
    at += piece.length;
  }
  return views.flatMap((view) => (typeof view === 'string' ? lines(view) : view));
}

interface Piece {
  readonly views: readonly View[];
  /** Length of the match; more than 0. */
  readonly length: number;
}

function styledAt(text: string, at: number, nowMs: number): Piece | undefined {
  for (const { pattern, show } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { views: [show(match, nowMs)].flat(), length: match[0].length };
  }
  return undefined;
}

function plainAt(text: string, at: number): Piece {
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { views: [plain], length: plain.length };
}
