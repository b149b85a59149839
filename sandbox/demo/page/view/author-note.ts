import type { PublishedNote } from '../../change.ts';
import { language, words } from '../words/words.ts';
import { clock, shortDay } from './time.ts';
import { type Element, h } from './view.ts';

const DAY_MS = 86_400_000;

/** A published note in the author's client, with its actions. */
export function noteView(note: PublishedNote, nowMs: number): Element {
  const at = note.at * 1000;
  const said = words().desk;
  return h(
    'li',
    { class: 'note', 'data-note': note.id },
    h('span', { class: 'label' }, note.isArticle ? said.article : note.postType[language()]),
    h('span', { class: 'headline' }, note.headline || said.picture),
    h('time', {}, nowMs - at < DAY_MS ? clock(at) : shortDay(at)),
    h(
      'span',
      { class: 'tools' },
      note.editable !== undefined && h('button', { type: 'button', 'data-act': 'edit' }, said.edit),
      h('button', { type: 'button', 'data-act': 'delete', title: said.deleteTitle }, said.delete),
    ),
  );
}
