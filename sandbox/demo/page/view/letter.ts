import type { ReaderLetter } from '../../change.ts';
import { words as said } from '../words/words.ts';
import { clock } from './time.ts';
import { type Element, h } from './view.ts';

/** A reader's suggestion in the author's client, with the reply or a field for one. */
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
          h('input', { 'aria-label': said().desk.yourReply, placeholder: said().desk.replyHint }),
          h('button', { type: 'submit', class: 'quiet' }, said().desk.reply),
        )
      : h('p', { class: 'answer' }, said().desk.you(answer)),
  );
}
