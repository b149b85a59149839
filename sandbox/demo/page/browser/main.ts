import type { Change, DiscordMessage, Progress, TelegramMessage } from '../../change.ts';
import { discordMessageView } from '../view/discord-message.ts';
import { telegramMessageView } from '../view/telegram-message.ts';
import { words } from '../words/words.ts';
import { createAuthorPane } from './author-pane.ts';
import { createChatPane } from './chat-pane.ts';
import { find, findOf, toast } from './dom.ts';
import { createFormDialog } from './form-dialog.ts';
import { speakOnPage } from './page-words.ts';
import { listen, post } from './server.ts';

/** How far the demo's clock is ahead of the machine's. */
let aheadMs = 0;
const now = (): number => Date.now() + aheadMs;
const desk = createAuthorPane(now);
const form = createFormDialog();
const dismissed = new Set<string>();
const panes = {
  discord: createChatPane<DiscordMessage>({
    pane: 'discord',
    item: ({ id, channel, gone }) => ({ id, chat: channel, key: id, gone: gone || dismissed.has(id) }),
    view: ([message]) => (message ? discordMessageView(message, now()) : ''),
  }),
  telegram: createChatPane<TelegramMessage>({
    pane: 'telegram',
    item: ({ id, chat, gone, album = id }) => ({ id, chat, key: album, gone }),
    view: telegramMessageView,
  }),
};

function showProgress({ archived, of, words: line, ready }: Progress): void {
  const bar = findOf(HTMLProgressElement, '#progress progress');
  find('#progress .words').textContent = line;
  find('#progress').classList.toggle('ready', ready);
  bar.max = Math.max(of, 1);
  bar.value = archived;
}

function take(change: Change): void {
  switch (change.type) {
    case 'scene':
      speakOnPage(change.scene.language);
      findOf(HTMLSelectElement, '.language select').value = change.scene.language;
      desk.setUp(change.scene);
      find('#discord .switcher').dataset['guild'] = change.scene.guild;
      panes.discord.setUp(change.scene.discord);
      panes.telegram.setUp(change.scene.telegram);
      return;
    case 'clock':
      aheadMs = change.aheadMs;
      return;
    case 'progress':
      return showProgress(change.progress);
    case 'menu':
      return panes[change.pane].menu(change.commands);
    case 'letter':
      return desk.letter(change.letter);
    case 'form':
      return form.show(change.form);
    case 'note':
      return desk.put(change.note);
    case 'discord':
      markUnread('discord', change.message.gone);
      return panes.discord.put(change.message);
    case 'telegram':
      markUnread('telegram', change.message.gone);
      return panes.telegram.put(change.message);
  }
}

/** Marks a tab when something happens behind it. */
function markUnread(pane: 'discord' | 'telegram', isGone: boolean): void {
  if (isGone || find(`#${pane}`).checkVisibility()) return;
  find(`.tabs [data-tab="${pane}"]`).classList.add('unread');
}

const MOST_OF_ADDRESS = 40;

/** Handlers of clicks on elements with `data-act`. */
const acts: Readonly<Record<string, (element: HTMLElement) => void>> = {
  visit(element) {
    const url = element.getAttribute('href') ?? '';
    // The author's public site is the only one that exists.
    if (URL.parse(url)?.hostname === location.hostname) open(url, '_blank', 'noopener');
    else toast(words().visit(shortened(url)));
  },
  unveil: (element) => element.classList.add('open'),
  unfold: (element) => element.classList.toggle('open'),
  type: (element) => paneOf(element)?.type(element.dataset['line'] ?? ''),
  press(element) {
    const { token = '', label = '' } = element.dataset;
    const button = element as HTMLButtonElement;
    button.disabled = true;
    void paneOf(element)
      ?.press(idIn(element, 'message'), token, label)
      .finally(() => {
        button.disabled = false;
      });
  },
  dismiss(element) {
    dismissed.add(idIn(element, 'message'));
    element.closest('article')?.remove();
  },
  tab: (element) => showTab(element.dataset['tab'] ?? 'desk'),
  away: (element) => ask(element, '/program/away'),
  skip: (element) => ask(element, '/time/skip'),
  edit: (element) => desk.edit(idIn(element, 'note')),
  'stop-editing': () => desk.stopEditing(),
  delete: (element) => desk.takeBack(idIn(element, 'note')),
};

/** A URL is shown by its beginning; in full it may be wider than the page. */
const shortened = (url: string): string =>
  url.length > MOST_OF_ADDRESS ? `${url.slice(0, MOST_OF_ADDRESS)}…` : url;

/** On a narrow screen: selects the visible pane, or the chat beside the author's client. */
function showTab(pane: string): void {
  document.body.dataset['pane'] = pane;
  if (pane !== 'desk') document.body.dataset['chat'] = pane;
  for (const tab of document.querySelectorAll<HTMLElement>('.tabs [data-tab]'))
    tab.ariaPressed = String(tab.dataset['tab'] === pane);
  find(`.tabs [data-tab="${pane}"]`).classList.remove('unread');
}
showTab('desk');
speakOnPage('en');

/** Disables the button until the request is done. */
function ask(element: HTMLElement, path: string): void {
  const button = element as HTMLButtonElement;
  button.disabled = true;
  void post(path, {}).finally(() => {
    button.disabled = false;
  });
}

const idIn = (element: HTMLElement, of: 'message' | 'note'): string =>
  element.closest<HTMLElement>(`[data-${of}]`)?.dataset[of] ?? '';

function paneOf(
  element: HTMLElement,
): { type(line: string): void; press: typeof panes.discord.press } | undefined {
  const id = element.closest('.pane')?.id;
  return id === 'discord' || id === 'telegram' ? panes[id] : undefined;
}

document.addEventListener('click', (event) => {
  const element = (event.target as HTMLElement).closest<HTMLElement>('[data-act]');
  const act = acts[element?.dataset['act'] ?? ''];
  if (!element || !act) return;
  // A spoiler may cover a link: the first click only reveals.
  event.preventDefault();
  act(element);
});

// Spoilers and folded parts also open by keyboard.
document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !target.matches('[data-act][role="button"]')) return;
  if (key !== 'Enter' && key !== ' ') return;
  event.preventDefault();
  target.click();
});

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || !target.matches('.pick')) return;
  const { token = '', min } = target.dataset;
  if (target.value || min === '0')
    void paneOf(target)?.press(idIn(target, 'message'), token, '', target.value);
});

// Closing a multi-select submits it. The event doesn't bubble.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.matches('.pick') || target.open) return;
    const boxes = [...target.querySelectorAll('input')];
    if (boxes.every((box) => box.checked === box.defaultChecked)) return;
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    void paneOf(target)?.press(idIn(target, 'message'), target.dataset['token'] ?? '', '', values.join('\n'));
  },
  true,
);

find('.language select').addEventListener('change', ({ target }) => {
  void post('/readers/speak', { language: (target as HTMLSelectElement).value });
});

listen(take, () => {
  desk.clear();
  panes.discord.clear();
  panes.telegram.clear();
});
