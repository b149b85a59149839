import type { View } from '../view/view.ts';
import { toNode } from './dom.ts';

/** A scrolling list of messages, the newest at the foot, each known by a key. */
export interface Feed {
  /** Puts a message where its key stands already, or at the foot. */
  put(key: string, view: View): void;
  remove(key: string): void;
  clear(): void;
}

/** So near to the foot, in pixels, somebody is taken to read along. */
const NEAR = 160;

export function createFeed(element: HTMLElement): Feed {
  const shown = new Map<string, HTMLElement>();
  const isAtFoot = () => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
  const toFoot = () => element.scrollTo({ top: element.scrollHeight });
  element.addEventListener(
    'load',
    () => {
      if (isAtFoot()) toFoot();
    },
    true,
  );
  return {
    put(key, view) {
      const follow = isAtFoot();
      const node = toNode(view) as HTMLElement;
      const before = shown.get(key);
      if (before) before.replaceWith(node);
      else element.append(node);
      node.classList.add(before ? 'changed' : 'new');
      shown.set(key, node);
      if (follow) toFoot();
    },
    remove(key) {
      const node = shown.get(key);
      shown.delete(key);
      if (!node) return;
      node.classList.add('leaving');
      node.addEventListener('animationend', () => node.remove(), { once: true });
    },
    clear() {
      shown.clear();
      element.replaceChildren();
    },
  };
}
