import { linkCommands } from '../../command/views/command-links.ts';
import { buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { type Panel, panelButton } from '../panel.ts';
import { isOn, parseOnOff } from '../parse-input.ts';

/** Whether posts are published to the channels that follow this one. */
export const publishPanel: Panel = {
  name: 'publish',
  isAvailable: ({ chat }) => chat.server !== undefined,
  label: ({ publish }, { texts }) =>
    texts.servers.publish.label((publish ? texts.settings.yes : texts.settings.no).toLowerCase()),
  parse: (typed, _preferences, { texts }) => parseOnOff(typed, 'publish', texts),
  apply: ({ value = '' }, preferences, { texts }) => ({
    ...preferences,
    publish: isOn(value, 'publish', texts),
  }),
  show({ publish }, { chat, texts }) {
    const panelTexts = texts.servers.publish;
    return [
      heading(3, text(panelTexts.heading)),
      paragraph(...linkCommands(panelTexts.explained)),
      ...(chat.server?.isPublished ? [] : [small(...linkCommands(panelTexts.missing))]),
      buttons([
        panelButton('publish', { value: 'on' }, texts.settings.yes, publish),
        panelButton('publish', { value: 'off' }, texts.settings.no, !publish),
      ]),
    ];
  },
  inline: ({ publish }, { chat, texts }) =>
    publish && !chat.server?.isPublished ? [small(...linkCommands(texts.servers.publish.missing))] : [],
  toggle(preferences, context) {
    const isSet = preferences.publish;
    return panelButton(
      'publish',
      { value: isSet ? 'off' : 'on' },
      publishPanel.label(preferences, context),
      isSet,
    );
  },
};
