import type { ReaderLetter } from '../../change.ts';
import { clock } from './time.ts';
import { type Element, h } from './view.ts';

/** A letter on the author's desk, with the answer or the means to give one. */
export function letterView({ id, words, at, answer }: ReaderLetter): Element {
  return h(
    'li',
    { class: 'letter', 'data-letter': id },
    h('time', {}, clock(at * 1000)),
    h('p', {}, words),
    answer === undefined
      ? h(
          'form',
          {},
          h('input', { 'aria-label': 'Your answer', placeholder: 'Answer, in any Nostr client…' }),
          h('button', { type: 'submit', class: 'quiet' }, 'Answer'),
        )
      : h('p', { class: 'answer' }, `You: ${answer}`),
  );
}
