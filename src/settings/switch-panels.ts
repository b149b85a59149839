import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { type Panel, pick } from './panel.ts';
import { inOurWords, wrong } from './typed.ts';

interface Switch {
  readonly name: string;
  readonly field: 'silent' | 'breaking';
  /** What is chosen where the switch is on. */
  readonly on: boolean;
  /** What it does is said beside it, where its name does not tell. */
  readonly isExplained: boolean;
  isFor(context: CommandContext): boolean;
  texts(texts: Texts): {
    readonly heading: string;
    readonly explained: string;
    readonly on: string;
    readonly off: string;
    label(chosen: string): string;
  };
}

/** A choice that is on or off. Words: `on`, `off`. */
function switchPanel({ name, field, on, isExplained, isFor, texts: textsOf }: Switch): Panel {
  return {
    name,
    isFor,
    label(choices, { texts }) {
      const said = textsOf(texts);
      return said.label((choices[field] === on ? said.on : said.off).toLowerCase());
    },
    change(words, choices, { texts }) {
      const { yes, no } = texts.settings;
      const said = textsOf(texts);
      const meant = inOurWords(words, { on: ['yes', yes, said.on], off: ['no', no, said.off] });
      if (meant !== 'on' && meant !== 'off')
        throw wrong(words, texts, `/settings ${name} on`, `/settings ${name} off`);
      return { ...choices, [field]: (meant === 'on') === on };
    },
    show(choices, { texts }) {
      const said = textsOf(texts);
      const isOn = choices[field] === on;
      return [
        heading(3, text(said.heading)),
        paragraph(...sentence(said.explained)),
        buttons([pick(name, 'on', said.on, isOn), pick(name, 'off', said.off, !isOn)]),
      ];
    },
    inGroup: (_choices, { texts }) => (isExplained ? [small(...sentence(textsOf(texts).explained))] : []),
    toggle(choices, context) {
      const isOn = choices[field] === on;
      return pick(name, isOn ? 'off' : 'on', this.label(choices, context), isOn);
    },
  };
}

export const soundPanel = switchPanel({
  name: 'sound',
  field: 'silent',
  on: false,
  isExplained: false,
  isFor: () => true,
  texts: ({ settings }) => settings.sound,
});

export const breakingPanel = switchPanel({
  name: 'breaking',
  field: 'breaking',
  on: true,
  isExplained: true,
  isFor: ({ hasBreaking }) => hasBreaking,
  texts: ({ settings }) => ({ ...settings.breaking, on: settings.yes, off: settings.no }),
});
