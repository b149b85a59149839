import type { PublishedNote, ReaderLetter, Scene } from '../../change.ts';
import { noteView } from '../view/desk.ts';
import { letterView } from '../view/letter.ts';
import { h } from '../view/view.ts';
import { fill, find, findOf, toNode } from './dom.ts';
import { post } from './server.ts';

/** The author's desk: a sheet to write on, and what was published. */
export interface DeskPane {
  setUp(scene: Scene): void;
  put(note: PublishedNote): void;
  letter(letter: ReaderLetter): void;
  clear(): void;
  edit(id: string): void;
  stopEditing(): void;
  takeBack(id: string): void;
}

export function createDeskPane(now: () => number): DeskPane {
  const root = find('#desk');
  const sheet = findOf(HTMLTextAreaElement, 'textarea', root);
  const publish = findOf(HTMLButtonElement, '.publish', root);
  const cancel = findOf(HTMLButtonElement, '[data-act="stop-editing"]', root);
  const list = find('.notes', root);
  const mail = find('.mail', root);
  const letters = find('.letters', root);
  const notes = new Map<string, PublishedNote>();
  let editing: string | undefined;

  function editNote(id: string | undefined, text: string): void {
    editing = id;
    sheet.value = text;
    publish.textContent = id === undefined ? 'Publish' : 'Publish the edit';
    cancel.hidden = id === undefined;
    sheet.focus();
  }

  /** Newest first; what has the same date stays in the order in which it came. */
  function place(note: PublishedNote): void {
    const node = toNode(noteView(note, now())) as HTMLElement;
    list.querySelector(`[data-note="${note.id}"]`)?.remove();
    if (note.gone) return;
    const older = [...list.children].find(
      (other) => (notes.get((other as HTMLElement).dataset['note'] ?? '')?.at ?? 0) < note.at,
    );
    list.insertBefore(node, older ?? null);
  }

  async function publishSheet(): Promise<void> {
    publish.disabled = true;
    const done = await post('/author/publish', { text: sheet.value, replaces: editing });
    publish.disabled = false;
    if (done) editNote(undefined, '');
  }

  find('form', root).addEventListener('submit', (event) => {
    event.preventDefault();
    void publishSheet();
  });
  letters.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const id = form.closest<HTMLElement>('[data-letter]')?.dataset['letter'];
    void post('/author/answer', { id, text: findOf(HTMLInputElement, 'input', form).value });
  });
  find('.suggestions', root).addEventListener('click', (event) => {
    const text = (event.target as HTMLElement).closest<HTMLElement>('[data-text]')?.dataset['text'];
    if (text) editNote(undefined, text);
  });

  return {
    setUp({ author, suggestions }) {
      find('.author', root).textContent = author;
      fill(
        find('.suggestions', root),
        ...suggestions.map(({ label, text }) => h('button', { type: 'button', 'data-text': text }, label)),
      );
    },
    put(note) {
      if (note.gone) notes.delete(note.id);
      else notes.set(note.id, note);
      place(note);
      find('.count', root).textContent = String(notes.size);
    },
    letter(letter) {
      mail.hidden = false;
      letters.querySelector(`[data-letter="${letter.id}"]`)?.remove();
      letters.prepend(toNode(letterView(letter)));
    },
    clear() {
      letters.replaceChildren();
      notes.clear();
      list.replaceChildren();
    },
    edit(id) {
      const text = notes.get(id)?.editable;
      if (text !== undefined) editNote(id, text);
    },
    stopEditing: () => editNote(undefined, ''),
    takeBack: (id) => void post('/author/delete', { id }),
  };
}
