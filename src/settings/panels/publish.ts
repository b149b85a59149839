import { linkCommands } from '../../command/views/command-links.ts';
import { buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { type Panel, panelButton } from '../panel.ts';
import { isOn, parseOnOff } from '../parse-input.ts';

/** Whether posts go out to the channels that follow this one. */
export const publishPanel: Panel = {
  name: 'publish',
  isAvailable: ({ chat }) => chat.server !== undefined,
  label: ({ publish }, { texts }) =>
    texts.servers.publish.label((publish ? texts.settings.yes : texts.settings.no).toLowerCase()),
  parse: (typed, _choices, { texts }) => parseOnOff(typed, 'publish', texts),
  apply: ({ value = '' }, choices, { texts }) => ({
    ...choices,
    publish: isOn(value, 'publish', texts),
  }),
  show({ publish }, { chat, texts }) {
    const said = texts.servers.publish;
    return [
      heading(3, text(said.heading)),
      paragraph(...linkCommands(said.explained)),
      ...(chat.server?.isPublished ? [] : [small(...linkCommands(said.missing))]),
      buttons([
        panelButton('publish', { value: 'on' }, texts.settings.yes, publish),
        panelButton('publish', { value: 'off' }, texts.settings.no, !publish),
      ]),
    ];
  },
  inline: ({ publish }, { chat, texts }) =>
    publish && !chat.server?.isPublished ? [small(...linkCommands(texts.servers.publish.missing))] : [],
  toggle(choices, context) {
    const isSet = choices.publish;
    return panelButton(
      'publish',
      { value: isSet ? 'off' : 'on' },
      publishPanel.label(choices, context),
      isSet,
    );
  },
};
