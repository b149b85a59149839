import type { DiscordMessage } from '../../change.ts';
import { words } from '../words/words.ts';
import { type Component, componentViews } from './discord-components.ts';
import { type Embed, embedViews } from './discord-embed.ts';
import { markdownViews } from './discord-markdown.ts';
import { clock } from './time.ts';
import { type Element, h, type View } from './view.ts';

/** A message object (Message Resource), as far as this page shows it. */
interface Payload {
  readonly content?: string;
  readonly author?: {
    readonly username: string;
    readonly global_name?: string | null;
    readonly bot?: boolean;
  };
  readonly timestamp?: string;
  readonly edited_timestamp?: string | null;
  readonly flags?: number;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly Component[];
  readonly message_reference?: { readonly message_id?: string };
}

/** Message flag LOADING: the app has deferred its answer. */
const LOADING = 1 << 7;

/** A message as the Discord app shows it. */
export function discordMessageView(shown: DiscordMessage, nowMs: number): Element {
  const payload = shown.payload as Payload;
  const { author } = payload;
  const name = author?.global_name ?? capitalised(author?.username ?? '');
  const isBot = author?.bot === true;
  const said = words().discord;
  return h(
    'article',
    { class: `message${shown.onlyYou ? ' only-you' : ''}`, 'data-message': shown.id },
    shown.asked !== undefined && h('div', { class: 'asked' }, `↱ ${said.used} `, h('b', {}, shown.asked)),
    payload.message_reference && h('div', { class: 'asked' }, `↱ ${said.replying}`),
    shown.post &&
      h(
        'div',
        { class: 'post' },
        h('b', {}, shown.post.name),
        ...shown.post.tags.map((tag) => h('span', { class: 'filed' }, tag)),
      ),
    h(
      'div',
      { class: `avatar ${isBot ? 'bot' : 'person'}`, 'aria-hidden': 'true' },
      isBot ? '📯' : name.charAt(0),
    ),
    h(
      'div',
      { class: 'body' },
      h(
        'header',
        {},
        h('b', { class: isBot ? 'name bot' : 'name' }, name),
        isBot && h('span', { class: 'tag' }, said.app),
        h('time', {}, clock(Date.parse(payload.timestamp ?? ''))),
      ),
      contentViews(payload, nowMs),
      payload.edited_timestamp ? h('span', { class: 'edited' }, words().chat.edited) : undefined,
      shown.onlyYou &&
        h(
          'footer',
          {},
          `👁 ${said.onlyYou} • `,
          h('button', { type: 'button', class: 'plain', 'data-act': 'dismiss' }, said.dismiss),
        ),
    ),
  );
}

function contentViews(payload: Payload, nowMs: number): readonly View[] {
  if (((payload.flags ?? 0) & LOADING) !== 0)
    return [
      h('div', { class: 'thinking' }, h('i', {}), h('i', {}), h('i', {}), ` ${words().discord.thinking}`),
    ];
  return [
    ...(payload.content ? [h('div', { class: 'text' }, markdownViews(payload.content, nowMs))] : []),
    ...embedViews(payload.embeds ?? [], nowMs),
    ...componentViews(payload.components, nowMs),
  ];
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
