import type { MenuEntry, Offer } from '../../change.ts';
import { h, type View } from '../view/view.ts';
import { fill } from './dom.ts';

/** The list above the input: commands while a command's name is typed, then the suggestions for its options. */
export interface CommandMenu {
  offer(commands: readonly MenuEntry[]): void;
  close(): void;
}

export function createCommandMenu(
  element: HTMLElement,
  input: HTMLInputElement,
  ways: {
    readonly offersFor: (line: string) => Promise<readonly Offer[]>;
    readonly share: (id: string) => void;
  },
): CommandMenu {
  let commands: readonly MenuEntry[] = [];
  const fitting = (): readonly MenuEntry[] =>
    /^\/\w*$/u.test(input.value) ? commands.filter(({ name }) => `/${name}`.startsWith(input.value)) : [];

  function show(entries: readonly View[]): void {
    element.hidden = entries.length === 0;
    fill(element, ...entries);
  }

  async function look(): Promise<void> {
    const line = input.value;
    show(fitting().map(commandView));
    if (!/^[/@]\w+ /u.test(line)) return;
    const offers = await ways.offersFor(line);
    // The line has changed meanwhile, and a newer request is on its way.
    if (input.value === line) show(offers.map(offerView));
  }

  function take(line: string): void {
    input.value = line;
    input.focus();
    void look();
  }

  function pick({ line, share }: DOMStringMap): void {
    if (share !== undefined) {
      ways.share(share);
      input.value = '';
      show([]);
    } else if (line !== undefined) {
      take(line);
    }
  }

  input.addEventListener('input', () => void look());
  input.addEventListener('keydown', (event) => {
    const first = element.querySelector<HTMLElement>('[data-line], [data-share]');
    if (event.key === 'Tab' && first && !element.hidden) {
      event.preventDefault();
      pick(first.dataset);
    }
    if (event.key === 'Escape') element.hidden = true;
  });
  element.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const entry = (event.target as HTMLElement).closest<HTMLElement>('[data-line], [data-share]');
    if (entry) pick(entry.dataset);
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

function commandView({ name, description, usage }: MenuEntry): View {
  return h(
    'button',
    { type: 'button', 'data-line': `/${name} ` },
    h('b', {}, `/${name}`),
    usage ? h('code', {}, usage) : undefined,
    h('span', {}, description),
  );
}

function offerView(offer: Offer): View {
  return 'share' in offer
    ? h(
        'button',
        { type: 'button', 'data-share': offer.share },
        h('b', {}, offer.label),
        h('span', {}, offer.about),
      )
    : h('button', { type: 'button', 'data-line': offer.line }, h('b', {}, offer.label));
}
