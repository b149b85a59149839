import type { MenuEntry } from '../../change.ts';
import { h } from '../view/view.ts';
import { fill } from './dom.ts';

/** The list of commands that opens above the input when a line begins with a slash. */
export interface CommandMenu {
  offer(commands: readonly MenuEntry[]): void;
  close(): void;
}

export function createCommandMenu(element: HTMLElement, input: HTMLInputElement): CommandMenu {
  let commands: readonly MenuEntry[] = [];
  const fitting = (): readonly MenuEntry[] =>
    /^\/\w*$/u.test(input.value) ? commands.filter(({ name }) => `/${name}`.startsWith(input.value)) : [];
  const take = (name: string): void => {
    input.value = `/${name} `;
    input.focus();
    show();
  };

  function show(): void {
    const entries = fitting();
    element.hidden = entries.length === 0;
    fill(
      element,
      ...entries.map(({ name, description, usage }) =>
        h(
          'button',
          { type: 'button', 'data-command': name },
          h('b', {}, `/${name}`),
          usage ? h('code', {}, usage) : undefined,
          h('span', {}, description),
        ),
      ),
    );
  }

  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    const [first] = fitting();
    if (event.key === 'Tab' && first && !element.hidden) {
      event.preventDefault();
      take(first.name);
    }
    if (event.key === 'Escape') element.hidden = true;
  });
  element.addEventListener('mousedown', (event) => {
    const name = (event.target as HTMLElement).closest<HTMLElement>('[data-command]')?.dataset['command'];
    event.preventDefault();
    if (name) take(name);
  });
  input.addEventListener('blur', () => {
    element.hidden = true;
  });

  return {
    offer(offered) {
      commands = offered;
    },
    close() {
      element.hidden = true;
    },
  };
}
