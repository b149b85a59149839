import { inlineViews } from './discord-inline.ts';
import { h, type View } from './view.ts';

interface BlockRule {
  /** Matches a line of the block. */
  readonly line: RegExp;
  /** Whether consecutive lines form one block. */
  readonly joins: boolean;
  show(lines: readonly string[], nowMs: number): View;
}

const heading = (tag: string, marker: RegExp): BlockRule => ({
  line: marker,
  joins: false,
  show: ([line = ''], nowMs) => h(tag, { class: 'md' }, inlineViews(line.replace(marker, ''), nowMs)),
});

/** Discord's block Markdown (Reference, Message Formatting), by the beginning of a line. */
const rules: readonly BlockRule[] = [
  heading('h3', /^### +/u),
  heading('h2', /^## +/u),
  heading('h1', /^# +/u),
  heading('small', /^-# +/u),
  {
    line: /^> ?/u,
    joins: true,
    show: (lines, nowMs) =>
      h('blockquote', {}, markdownViews(lines.map((line) => line.replace(/^> ?/u, '')).join('\n'), nowMs)),
  },
  {
    line: /^(?:[-*] |\s{2,}\S)/u,
    joins: true,
    show: (lines, nowMs) => h('ul', {}, itemViews(lines, /^[-*] /u, nowMs)),
  },
  {
    line: /^(?:\d{1,3}\. |\s{2,}\S)/u,
    joins: true,
    show: (lines, nowMs) =>
      h('ol', { start: /^\d+/u.exec(lines[0] ?? '')?.[0] ?? '1' }, itemViews(lines, /^\d{1,3}\. /u, nowMs)),
  },
];

/** Discord's Markdown as views. */
export function markdownViews(text: string, nowMs: number): readonly View[] {
  return text
    .split(/(```[\s\S]*?```)/u)
    .flatMap((piece) => (/^```[\s\S]*```$/u.test(piece) ? codeView(piece) : blockViews(piece, nowMs)));
}

function codeView(piece: string): View {
  const [, language = '', code = ''] = /^```(?:([\w+\-.#]*)\n)?([\s\S]*?)\n?```$/u.exec(piece) ?? [];
  return h('pre', { title: language || undefined }, h('code', {}, code));
}

function blockViews(text: string, nowMs: number): readonly View[] {
  const lines = text.replace(/^\n|\n$/gu, '').split('\n');
  const views: View[] = [];
  let plain: string[] = [];
  const flush = (): void => {
    const words = plain.join('\n').replace(/^\n+|\n+$/gu, '');
    if (words)
      for (const paragraph of words.split(/\n{2,}/u)) views.push(h('p', {}, inlineViews(paragraph, nowMs)));
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const rule = rules.find(
      ({ line, joins }) => line.test(lines[at] ?? '') && !(joins && /^\s/u.test(lines[at] ?? '')),
    );
    if (!rule) {
      plain.push(lines[at] ?? '');
      at += 1;
      continue;
    }
    flush();
    let end = at + 1;
    while (rule.joins && end < lines.length && rule.line.test(lines[end] ?? '')) end += 1;
    views.push(rule.show(lines.slice(at, end), nowMs));
    at = end;
  }
  flush();
  return views;
}

function itemViews(lines: readonly string[], marker: RegExp, nowMs: number): readonly View[] {
  const items: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) items.push(line.replace(marker, ''));
    else items.push(`${items.pop() ?? ''}\n${line.trim()}`);
  }
  return items.map((item) => h('li', {}, inlineViews(item, nowMs)));
}
