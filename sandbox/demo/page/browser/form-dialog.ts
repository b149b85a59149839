import type { AskedForm } from '../../change.ts';
import { find, findOf } from './dom.ts';
import { post } from './server.ts';

/** Discord's modal, until it is submitted or closed. */
export function createFormDialog(): { show(form: AskedForm | undefined): void } {
  const dialog = findOf(HTMLDialogElement, '#form');
  const field = findOf(HTMLTextAreaElement, '#form textarea');

  find('#form form').addEventListener('submit', (event) => {
    event.preventDefault();
    void post('/discord/fill', { text: field.value });
  });
  find('#form [data-act="leave"]').addEventListener('click', () => void post('/discord/leave', {}));
  dialog.addEventListener('cancel', () => void post('/discord/leave', {}));

  return {
    show(form) {
      if (!form) return dialog.close();
      find('#form h2').textContent = form.title;
      find('#form label span').textContent = form.label;
      field.value = '';
      field.placeholder = form.hint;
      field.maxLength = form.maxLength;
      if (!dialog.open) dialog.showModal();
    },
  };
}
