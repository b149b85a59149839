import type { AppLanguage } from '../../change.ts';
import { speak, words } from '../words/words.ts';

/** The `data-words…` attributes, and where their sentence goes. */
const PLACES = [
  ['data-words-title', 'title'],
  ['data-words-placeholder', 'placeholder'],
  ['data-words-aria-label', 'aria-label'],
] as const;

/** Translates the page's fixed sentences, named by `data-words="desk.publish"` in `index.html`. */
export function speakOnPage(language: AppLanguage): void {
  speak(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = words().title;
  for (const element of document.querySelectorAll('[data-words]'))
    element.textContent = sentence(element.getAttribute('data-words'));
  for (const [from, to] of PLACES)
    for (const element of document.querySelectorAll(`[${from}]`))
      element.setAttribute(to, sentence(element.getAttribute(from)));
}

function sentence(path: string | null): string {
  const found = (path ?? '')
    .split('.')
    .reduce<unknown>(
      (within, name) => (within as Readonly<Record<string, unknown>> | undefined)?.[name],
      words(),
    );
  if (typeof found !== 'string') throw new Error(`The catalogue has no "${path ?? ''}"`);
  return found;
}
