import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { type Panel, panelButton } from '../panel.ts';
import { isOn, parseOnOff } from '../parse-input.ts';

interface Toggle {
  readonly name: string;
  readonly field: 'silent' | 'breaking';
  /** The field's value while the toggle is on. */
  readonly on: boolean;
  /** Whether the group's screen explains it, because its name doesn't. */
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

/** A setting that is on or off. */
function togglePanel({ name, field, on, isExplained, isFor: isAvailable, texts: textsOf }: Toggle): Panel {
  return {
    name,
    isAvailable,
    label(choices, { texts }) {
      const said = textsOf(texts);
      return said.label((choices[field] === on ? said.on : said.off).toLowerCase());
    },
    parse: (typed, _choices, { texts }) => parseOnOff(typed, name, texts, textsOf(texts)),
    apply: ({ value = '' }, choices, { texts }) => ({
      ...choices,
      [field]: isOn(value, name, texts) === on,
    }),
    show(choices, { texts }) {
      const said = textsOf(texts);
      const isSet = choices[field] === on;
      return [
        heading(3, text(said.heading)),
        paragraph(...linkCommands(said.explained)),
        buttons([
          panelButton(name, { value: 'on' }, said.on, isSet),
          panelButton(name, { value: 'off' }, said.off, !isSet),
        ]),
      ];
    },
    inline: (_choices, { texts }) => (isExplained ? [small(...linkCommands(textsOf(texts).explained))] : []),
    toggle(choices, context) {
      const isSet = choices[field] === on;
      return panelButton(name, { value: isSet ? 'off' : 'on' }, this.label(choices, context), isSet);
    },
  };
}

export const soundPanel = togglePanel({
  name: 'sound',
  field: 'silent',
  on: false,
  isExplained: false,
  isFor: () => true,
  texts: ({ settings }) => settings.sound,
});

export const breakingPanel = togglePanel({
  name: 'breaking',
  field: 'breaking',
  on: true,
  isExplained: true,
  isFor: ({ hasBreaking }) => hasBreaking,
  texts: ({ settings }) => ({ ...settings.breaking, on: settings.yes, off: settings.no }),
});
