import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { discordMessageView } from '../demo/page/view/discord-message.ts';
import { telegramMessageView } from '../demo/page/view/telegram-message.ts';
import { h, type View } from '../demo/page/view/view.ts';
import type { GoldenCase, TelegramCall } from './cases.ts';
import { markupOf } from './markup.ts';
import { discordMessage, telegramMessages } from './messages.ts';
import { withPicturePlaceholders } from './picture-placeholder.ts';
import { sourceView } from './source-view.ts';

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** The demo's styles for messages. In the demo, a pane is one element with an id; here there are many panes. */
const DEMO_STYLES = ['base', 'chat', 'discord', 'discord-message', 'telegram', 'telegram-message'];
const styles = (): string =>
  [
    ...DEMO_STYLES.map((name) =>
      textOf(`../demo/page/style/${name}.css`).replace(/#(discord|telegram)\b/gu, '.$1'),
    ),
    textOf('page/golden.css'),
  ].join('\n');

/** All cases side by side as a self-contained HTML file. Pure, except that it reads the demo's styles. */
export function goldenPage(cases: readonly GoldenCase[]): string {
  const script = stripTypeScriptTypes(textOf('../demo/page/browser/golden.ts'));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>Postrider: golden cases</title>
<link rel="icon" href="data:,">
<style>${styles()}</style>
</head>
<body>
${markupOf(header(cases))}
<main>
${cases.map((one) => markupOf(caseView(one))).join('\n')}
</main>
<script type="module">${script}</script>
</body>
</html>
`;
}

function header(cases: readonly GoldenCase[]): View {
  return h(
    'header',
    { class: 'top' },
    h('h1', {}, '📯 Golden cases'),
    h('input', {
      id: 'filter',
      type: 'search',
      placeholder: 'Filter by name…',
      'aria-label': 'Filter by name',
    }),
    h('span', { id: 'count', role: 'status' }, `${cases.length} cases`),
    h('button', { type: 'button', id: 'unveil' }, 'Lift all covers'),
    h(
      'details',
      {},
      h('summary', {}, 'Index'),
      h(
        'nav',
        { 'aria-label': 'Index' },
        cases.map(({ name }) => h('a', { href: `#${name}`, 'data-name': name }, name)),
      ),
    ),
  );
}

function caseView({ name, event, discord, telegram }: GoldenCase): View {
  const atS = event.created_at;
  return h(
    'section',
    { class: 'case', id: name, 'data-name': name },
    h('h2', {}, h('a', { href: `#${name}` }, name)),
    column('The author', 'written', [sourceView(event)]),
    column(
      'Discord',
      'discord',
      discord.map((call, index) =>
        withPicturePlaceholders(
          discordMessageView(discordMessage(call, `${name}-d${index}`, atS), atS * 1000),
        ),
      ),
    ),
    column(
      'Telegram',
      'telegram',
      telegram.map((call, index) => telegramView(call, `${name}-t${index}`, atS)),
    ),
  );
}

function telegramView(call: TelegramCall, id: string, atS: number): View {
  const messages = telegramMessages(call, id, atS);
  return messages
    ? withPicturePlaceholders(telegramMessageView(messages))
    : h('pre', { class: 'unknown' }, JSON.stringify(call, undefined, 2));
}

function column(title: string, look: string, messages: readonly View[]): View {
  const parts = messages.length === 1 ? '' : `, ${messages.length || 'no'} messages`;
  return h(
    'div',
    { class: `column ${look}` },
    h('h3', {}, title, parts),
    h('div', { class: 'feed' }, ...messages),
  );
}
