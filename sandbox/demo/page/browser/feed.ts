import { h, type View } from '../view/view.ts';
import { toNode } from './dom.ts';

/** A scrolling list of messages, newest at the bottom, each with a key. */
export interface Feed {
  /** Replaces the message with that key, or appends it. */
  put(key: string, view: View): void;
  remove(key: string): void;
  /** `empty`: shown until the first message comes. */
  clear(empty: string): void;
}

export function createFeed(element: HTMLElement): Feed {
  const shown = new Map<string, HTMLElement>();
  const hint = toNode(h('p', { class: 'empty' })) as HTMLElement;
  /** A user who has the newest message in view is following along. */
  let following = true;
  const topOfLast = () =>
    ((element.lastElementChild as HTMLElement | null)?.offsetTop ?? 0) - element.offsetTop;
  /** Scrolls the newest message to the bottom; if it is taller than the list, its beginning to the top. */
  const follow = () => {
    if (following)
      element.scrollTo({ top: Math.min(topOfLast(), element.scrollHeight - element.clientHeight) });
  };
  element.addEventListener('scroll', () => {
    following = topOfLast() < element.scrollTop + element.clientHeight;
  });
  // A picture was loaded, or the list itself was shown (on a narrow screen).
  element.addEventListener('load', follow, true);
  new ResizeObserver(follow).observe(element);

  return {
    put(key, view) {
      const node = toNode(view) as HTMLElement;
      const before = shown.get(key);
      if (before) before.replaceWith(node);
      else element.append(node);
      node.classList.add(before ? 'changed' : 'new');
      shown.set(key, node);
      hint.remove();
      follow();
    },
    remove(key) {
      const node = shown.get(key);
      shown.delete(key);
      if (!node) return;
      if (shown.size === 0) element.append(hint);
      node.classList.remove('new', 'changed');
      node.classList.add('leaving');
      node.addEventListener('animationend', () => node.remove(), { once: true });
    },
    clear(empty) {
      following = true;
      shown.clear();
      hint.textContent = empty;
      element.replaceChildren(hint);
    },
  };
}
