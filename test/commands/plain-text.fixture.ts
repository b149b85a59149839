import type { Block, Button, Callback, Document, Inline, Select } from '../../src/note/document.ts';
import { inlineText } from '../../src/note/document.ts';

/** A document as plain text, block by block, so that tests can compare what a user sees. */
export function toPlainText(document: Document): string {
  return document.map(block).join('\n');
}

function block(one: Block): string {
  switch (one.type) {
    case 'heading':
      return `# ${inlines(one.children)}`;
    case 'paragraph':
      return inlines(one.children);
    case 'small':
      return `(${inlines(one.children)})`;
    case 'list':
      return one.items.map((item) => `- ${inlines(item)}`).join('\n');
    case 'quote':
      return `> ${toPlainText(one.children)}`;
    case 'quoted-note':
      return `> ${one.author}: ${toPlainText(one.children)}`;
    case 'code-block':
      return `\`${one.text}\``;
    case 'media':
      return one.items.map(({ kind, url }) => `{${kind} ${url}}`).join('\n');
    case 'byline':
      return `{by ${one.name}}`;
    case 'portrait':
      return `{portrait ${one.url}}`;
    case 'link-card':
      return `{${one.title} ${one.url}}`;
    case 'hidden':
      return `||${one.reason}: ${toPlainText(one.children)}||`;
    case 'divider':
      return '---';
    case 'buttons':
      return one.rows.map((row) => row.map(button).join(' ')).join('\n');
    case 'select':
      return choice(one);
  }
}

const inlines = (run: readonly Inline[]): string => run.map(inlineOf).join('');

function inlineOf(inline: Inline): string {
  switch (inline.type) {
    case 'strong':
      return `*${inlines(inline.children)}*`;
    case 'time':
      // The exact time, whatever its style.
      return inlineText([{ type: 'time', at: inline.at, style: inline.style }]);
    default:
      return inlineText([inline]);
  }
}

const button = (one: Button): string =>
  'callback' in one
    ? `[${one.isOn ? '✓ ' : ''}${one.label}→${callbackLine(one.callback)}]`
    : `[${one.label}→${new URL(one.url).host}]`;

/** `{Day: ✓ Monday=monday | Tuesday=tuesday→settings schedule weekly}`. */
function choice({ label, options: from, selected, callback }: Select): string {
  const options =
    typeof from === 'string'
      ? [`@${from}`, ...selected.map((id) => `✓ ${id}`)]
      : from.map((one) => `${selected.includes(one.value) ? '✓ ' : ''}${one.label}=${one.value}`);
  return `{${label}: ${options.join(' | ')}→${callbackLine(callback)}}`;
}

/** A callback's options as a user would type them, without the command's name. */
function callbackLine(press: Callback): string {
  if ('storedKey' in press) return `${press.command} ~${press.storedKey}`;
  if (press.command === 'settings') return settingsLine(press.options);
  const options = Object.entries(press.options);
  const first = press.command === 'search' ? [] : ['count', 'type'];
  const bare = (names: readonly string[]) => names.flatMap((name) => press.options[name] ?? []);
  const named = options
    .filter(([name]) => ![...first, ...TYPED].includes(name))
    .map(([name, value]) => `${name}:${value}`);
  return [press.command, ...bare(first), ...named, ...bare(TYPED)].join(' ').trim();
}

/** A /settings button as the equivalent typed line. */
function settingsLine({ screen, mode, type, page, add, remove, value }: Readonly<Record<string, string>>) {
  const words = [screen, mode, type, page && `page ${page}`, add && `+${add}`, remove && `-${remove}`, value];
  return ['settings', ...words.filter(Boolean)].join(' ');
}

const TYPED = ['note', 'query', 'name', 'date', 'since', 'place'];
