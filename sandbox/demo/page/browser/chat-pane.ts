import type { Chat, MenuEntry } from '../../change.ts';
import { h, type View } from '../view/view.ts';
import { words } from '../words/words.ts';
import { createCommandMenu } from './command-menu.ts';
import { fill, find, findOf } from './dom.ts';
import { createFeed } from './feed.ts';
import { offersFor, post } from './server.ts';
import { createStrip } from './strip.ts';

/** A message as shown by a chat app. Messages with the same key are shown as one (albums). */
interface Item {
  readonly id: string;
  readonly chat: string;
  readonly key: string;
  readonly gone: boolean;
}

/** A chat app: a switcher, the messages of one chat, and an input. */
export interface ChatPane<Message> {
  setUp(chats: readonly Chat[]): void;
  menu(commands: readonly MenuEntry[]): void;
  put(message: Message): void;
  /** Removes all messages, before the server sends all of them again. */
  clear(): void;
  /** Types a line and sends it. */
  type(line: string): void;
  /** `value`: the chosen values, for a select menu. */
  press(message: string, token: string, label: string, value?: string): Promise<boolean>;
}

export function createChatPane<Message>(options: {
  readonly pane: 'discord' | 'telegram';
  readonly item: (message: Message) => Item;
  readonly view: (messages: readonly Message[]) => View;
}): ChatPane<Message> {
  const { pane, item, view } = options;
  const root = find(`#${pane}`);
  const input = findOf(HTMLInputElement, 'input', root);
  const feed = createFeed(find('.feed', root));
  const switcher = createStrip(find('.switcher', root));
  const chips = createStrip(find('.chips', root));
  const menu = createCommandMenu(find('.menu', root), input, {
    offersFor: (line) => offersFor(`/${pane}/complete`, { chat: open?.id, text: line }),
    share: (id) => void post(`/${pane}/share`, { chat: open?.id, share: id }),
  });
  const messages = new Map<string, Message>();
  const unread = new Set<string>();
  let chats: readonly Chat[] = [];
  let open: Chat | undefined;

  const together = (of: Item): readonly Message[] =>
    [...messages.values()].filter((message) => {
      const { chat, key } = item(message);
      return chat === of.chat && key === of.key;
    });

  function showSwitcher(): void {
    const entry = ({ id, name, about }: Chat): View =>
      h(
        'button',
        {
          type: 'button',
          'data-chat': id,
          'aria-current': id === open?.id ? 'true' : undefined,
          class: [id === open?.id && 'open', unread.has(id) && 'unread'].filter(Boolean).join(' '),
        },
        h('b', {}, name),
        h('span', {}, about),
      );
    fill(find('.switcher', root), ...chats.map(entry));
  }

  function enter(chat: Chat): void {
    open = chat;
    unread.delete(chat.id);
    find('.title', root).textContent = chat.name;
    find('.about', root).textContent = chat.about;
    input.placeholder = words().chat.message(chat.name);
    input.ariaLabel = words().chat.message(chat.name);
    root.dataset['open'] = chat.id;
    const chip = (line: string): View =>
      h('button', { type: 'button', 'data-act': 'type', 'data-line': line }, line);
    fill(
      find('.chips', root),
      ...(chat.chips.length > 0 ? [h('span', { class: 'try' }, words().try)] : []),
      ...chat.chips.map(chip),
    );
    feed.clear(chat.empty);
    for (const message of messages.values()) show(message);
    showSwitcher();
    switcher.reveal();
    chips.reveal();
  }

  function show(message: Message): void {
    const of = item(message);
    if (of.chat !== open?.id) {
      if (!of.gone) unread.add(of.chat);
      return showSwitcher();
    }
    const shown = together(of);
    if (shown.length === 0) feed.remove(of.key);
    else feed.put(of.key, view(shown));
  }

  function type(line: string): void {
    if (!open || !line.trim()) return;
    menu.close();
    void post(`/${pane}/say`, { chat: open.id, text: line.trim() });
  }

  find('form', root).addEventListener('submit', (event) => {
    event.preventDefault();
    type(input.value);
    input.value = '';
  });
  find('.switcher', root).addEventListener('click', (event) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-chat]')?.dataset['chat'];
    const chat = chats.find((one) => one.id === id);
    if (chat) enter(chat);
  });

  return {
    setUp(all) {
      chats = all;
      const chat = all.find(({ id }) => id === open?.id) ?? all[0];
      if (chat) enter(chat);
    },
    menu: (commands) => menu.offer(commands),
    put(message) {
      const { id, gone } = item(message);
      if (gone) messages.delete(id);
      else messages.set(id, message);
      show(message);
    },
    clear() {
      messages.clear();
      feed.clear(open?.empty ?? '');
    },
    type,
    press: (message, token, label, value) =>
      post(`/${pane}/press`, { chat: open?.id, message, token, label, value }),
  };
}
