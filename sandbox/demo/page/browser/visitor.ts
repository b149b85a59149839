/**
 * Lets a program drive the page: it does what a person would, and tells when the answer is complete and where it is. The
 * page itself doesn't need it.
 */
import { find, findOf } from './dom.ts';

type Pane = 'discord' | 'telegram';

/** The result of an action. */
export interface Seen {
  /** The text of new or changed messages. */
  readonly words: string;
  /** Its controls: buttons, and one option of each select menu. */
  readonly controls: readonly string[];
  /** Whether there was a message, a form or a toast. */
  readonly answered: boolean;
}

/** After this long without a change, nothing more is expected. */
const QUIET_MS = 120;
/** A press may have no visible effect. */
const PATIENCE_MS = 8_000;

const feedOf = (pane: Pane): HTMLElement => find(`#${pane} .feed`);
/** Keys of the bot's messages that came or changed since the last action. */
const touched = new Set<string>();
/** Their last markup: a message that was only drawn again hasn't changed. */
const looks = new Map<string, string>();
for (const pane of ['discord', 'telegram'] as const)
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
      if (node instanceof HTMLElement && node.matches('.theirs, :has(.avatar.bot)')) {
        const key = `${pane} ${node.dataset['message']}`;
        if (looks.get(key) !== node.innerHTML) touched.add(key);
        looks.set(key, node.innerHTML);
      }
  }).observe(feedOf(pane), { childList: true });

const answers = (pane: Pane): readonly HTMLElement[] =>
  [...feedOf(pane).querySelectorAll<HTMLElement>('article')].filter((node) =>
    touched.has(`${pane} ${node.dataset['message']}`),
  );
const openForm = (): HTMLDialogElement | undefined => {
  const form = findOf(HTMLDialogElement, '#form');
  return form.open ? form : undefined;
};

/** Resolves when the condition holds, or with false after a timeout. */
function until(holds: () => boolean, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (held: boolean): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(held);
    };
    const look = (): void => {
      if (holds()) end(true);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(false), patienceMs);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
}

const isAtRest = (): boolean =>
  (document.body.dataset['pending'] ?? '0') === '0' && !document.querySelector('.thinking');

/** Images out of view would load only when scrolled into view. */
async function loaded(image: HTMLImageElement): Promise<void> {
  image.loading = 'eager';
  await image.decode();
}

/** No request is pending, no picture is loading, nothing moves, and it stays that way for a moment. */
async function settled(): Promise<void> {
  do {
    await until(isAtRest, PATIENCE_MS);
    await Promise.allSettled([...document.images].map(loaded));
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  } while (await until(changed(), QUIET_MS));
}

function changed(): () => boolean {
  let looks = 0;
  return () => {
    looks += 1;
    return looks > 1;
  };
}

const controlsIn = (pane: Pane): readonly HTMLElement[] =>
  answers(pane).flatMap((node) => [
    ...node.querySelectorAll<HTMLElement>(
      'button[data-act="press"]:not(:disabled), select.pick, details.pick',
    ),
  ]);
const labelOf = (control: HTMLElement): string =>
  control.dataset['label'] ?? control.getAttribute('aria-label') ?? control.textContent;

/** Performs an action and waits for its result. */
async function act(pane: Pane, does: () => void): Promise<Seen> {
  openForm()?.querySelector<HTMLElement>('[data-act="leave"]')?.click();
  find('#toast').hidden = true;
  touched.clear();
  does();
  const hasCome = (): boolean =>
    answers(pane).length > 0 || !find('#toast').hidden || openForm() !== undefined;
  const answered = await until(hasCome, PATIENCE_MS);
  await settled();
  return {
    answered,
    words: [...answers(pane), openForm()].map((node) => node?.innerText ?? '').join('\n'),
    controls: controlsIn(pane).map(labelOf),
  };
}

/** Resolves when the demo is ready and its intro is over. */
export async function ready(): Promise<void> {
  await until(() => document.querySelector('#progress.ready') !== null, 60_000);
  await settled();
}

export async function show(pane: 'desk' | Pane): Promise<void> {
  find(`.tabs [data-tab="${pane}"]`).click();
  await settled();
}

/** Opens the chat at that index in the switcher. */
export async function enter(pane: Pane, index: number): Promise<void> {
  document.querySelectorAll<HTMLElement>(`#${pane} .switcher [data-chat]`)[index]?.click();
  await settled();
}

export const say = (pane: Pane, line: string): Promise<Seen> =>
  act(pane, () => {
    const input = findOf(HTMLInputElement, `#${pane} .asking input`);
    input.value = line;
    input.form?.requestSubmit();
  });

/** Presses the control at that index of the last answer. */
export const press = (pane: Pane, index: number): Promise<Seen> => {
  const control = controlsIn(pane)[index];
  return act(pane, () => {
    if (control instanceof HTMLSelectElement) pick(control);
    else if (control instanceof HTMLDetailsElement) tick(control);
    else control?.click();
  });
};

/** The last option: the first is often selected already. */
function pick(select: HTMLSelectElement): void {
  const entry = [...select.options].filter(({ value }) => value).at(-1);
  if (entry) entry.selected = true;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

/** In a multi-select, toggles the last option and closes the list, which submits it. */
function tick(list: HTMLDetailsElement): void {
  list.open = true;
  list.addEventListener('toggle', () => (list.open = false), { once: true });
  [...list.querySelectorAll('input')].at(-1)?.click();
}

/** Puts the suggestion at that index into the draft and publishes it. */
export const publish = (pane: Pane, index: number): Promise<Seen> =>
  act(pane, () => {
    document.querySelectorAll<HTMLElement>('.suggestions [data-text]')[index]?.click();
    find('#desk .publish').click();
  });

export const click = (pane: Pane, selector: string): Promise<Seen> => act(pane, () => find(selector).click());

/** Switches the language of the page and of the readers' apps. */
export async function speak(language: string): Promise<void> {
  const select = findOf(HTMLSelectElement, '.language select');
  select.value = language;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

/** Waits until the page has its new size. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Scrolls to the beginning of the last answer. Returns by how many pixels it is taller than its pane. */
export async function frame(pane: Pane): Promise<number> {
  const feed = feedOf(pane);
  const shown = answers(pane);
  const last = shown.at(-1) ?? feed.lastElementChild;
  const first = shown[0] ?? last;
  if (!first || !last) return 0;
  await painted();
  const { top } = first.getBoundingClientRect();
  feed.scrollTop += top - feed.getBoundingClientRect().top - 8;
  await painted();
  await settled();
  return Math.max(
    0,
    Math.ceil(
      last.getBoundingClientRect().bottom - first.getBoundingClientRect().top + 16 - feed.clientHeight,
    ),
  );
}
