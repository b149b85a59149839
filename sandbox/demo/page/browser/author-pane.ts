import type { PublishedNote, ReaderLetter, Scene } from '../../change.ts';
import { noteView } from '../view/author-note.ts';
import { letterView } from '../view/letter.ts';
import { h } from '../view/view.ts';
import { words } from '../words/words.ts';
import { fill, find, findOf, toNode } from './dom.ts';
import { post } from './server.ts';

/** The author's client: a text field for a draft, and the published notes. */
export interface AuthorPane {
  setUp(scene: Scene): void;
  put(note: PublishedNote): void;
  letter(letter: ReaderLetter): void;
  clear(): void;
  edit(id: string): void;
  stopEditing(): void;
  takeBack(id: string): void;
}

export function createAuthorPane(now: () => number): AuthorPane {
  const root = find('#desk');
  const sheet = findOf(HTMLTextAreaElement, 'textarea', root);
  const publish = findOf(HTMLButtonElement, '.publish', root);
  const cancel = findOf(HTMLButtonElement, '[data-act="stop-editing"]', root);
  const list = find('.notes', root);
  const mail = find('.mail', root);
  /** The suggestion's text that was put into the draft. */
  let suggested: string | undefined;
  let suggestions: Scene['suggestions'] = [];
  const received = new Map<string, ReaderLetter>();
  const letters = find('.letters', root);
  const notes = new Map<string, PublishedNote>();
  let editing: string | undefined;

  function editNote(id: string | undefined, text: string): void {
    editing = id;
    suggested = undefined;
    sheet.value = text;
    showEditing();
    sheet.focus();
    // A headline comes first.
    sheet.setSelectionRange(0, 0);
    sheet.scrollTop = 0;
  }

  function showEditing(): void {
    publish.textContent = editing === undefined ? words().desk.publish : words().desk.publishEdit;
    cancel.hidden = editing === undefined;
  }

  /** The suggestions' dates change with the day; an unchanged draft is updated. */
  function suggest(anew: Scene['suggestions']): void {
    const place = suggestions.findIndex(({ text }) => text === suggested);
    const other = anew[place];
    if (other && sheet.value === suggested) {
      sheet.value = other.text;
      suggested = other.text;
    }
    suggestions = anew;
    fill(
      find('.suggestions', root),
      h('span', { class: 'try' }, words().try),
      ...anew.map(({ label, text }) => h('button', { type: 'button', 'data-text': text }, label)),
    );
  }

  function showLetter(letter: ReaderLetter): void {
    const before = letters.querySelector(`[data-letter="${letter.id}"]`);
    const node = toNode(letterView(letter));
    if (before) before.replaceWith(node);
    else letters.prepend(node);
  }

  /** Newest first; notes of the same second stay in the order in which they came. */
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
    if (!text) return;
    editNote(undefined, text);
    suggested = text;
  });

  return {
    setUp(scene) {
      find('.author', root).textContent = scene.author;
      showEditing();
      suggest(scene.suggestions);
      for (const note of notes.values()) place(note);
      for (const letter of received.values()) showLetter(letter);
    },
    put(note) {
      if (note.gone) notes.delete(note.id);
      else notes.set(note.id, note);
      place(note);
      find('.published .count', root).textContent = String(notes.size);
    },
    letter(letter) {
      mail.hidden = false;
      received.set(letter.id, letter);
      showLetter(letter);
      find('.count', mail).textContent = String(received.size);
    },
    clear() {
      letters.replaceChildren();
      received.clear();
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
