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
  /** Whether the group's screen shows an explanation, because the name isn't enough. */
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
    label(preferences, { texts }) {
      const panelTexts = textsOf(texts);
      return panelTexts.label((preferences[field] === on ? panelTexts.on : panelTexts.off).toLowerCase());
    },
    parse: (typed, _preferences, { texts }) => parseOnOff(typed, name, texts, textsOf(texts)),
    apply: ({ value = '' }, preferences, { texts }) => ({
      ...preferences,
      [field]: isOn(value, name, texts) === on,
    }),
    show(preferences, { texts }) {
      const panelTexts = textsOf(texts);
      const isSet = preferences[field] === on;
      return [
        heading(3, text(panelTexts.heading)),
        paragraph(...linkCommands(panelTexts.explained)),
        buttons([
          panelButton(name, { value: 'on' }, panelTexts.on, isSet),
          panelButton(name, { value: 'off' }, panelTexts.off, !isSet),
        ]),
      ];
    },
    inline: (_preferences, { texts }) =>
      isExplained ? [small(...linkCommands(textsOf(texts).explained))] : [],
    toggle(preferences, context) {
      const isSet = preferences[field] === on;
      return panelButton(name, { value: isSet ? 'off' : 'on' }, this.label(preferences, context), isSet);
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
