import { linkCommands } from '../../command/views/command-links.ts';
import { buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { type Panel, panelButton } from '../panel.ts';
import { canonicalize, invalidInput } from '../parse-input.ts';

/** Whether posts go out to the channels that follow this one. Words: `on`, `off`. */
export const publishPanel: Panel = {
  name: 'publish',
  isAvailable: ({ chat }) => chat.server !== undefined,
  label: ({ publish }, { texts }) =>
    texts.servers.publish.label((publish ? texts.settings.yes : texts.settings.no).toLowerCase()),
  apply(words, choices, { texts }) {
    const { yes, no } = texts.settings;
    const meant = canonicalize(words, { on: ['yes', yes], off: ['no', no] });
    if (meant !== 'on' && meant !== 'off')
      throw invalidInput(words, texts, '/settings publish on', '/settings publish off');
    return { ...choices, publish: meant === 'on' };
  },
  show({ publish }, { chat, texts }) {
    const said = texts.servers.publish;
    return [
      heading(3, text(said.heading)),
      paragraph(...linkCommands(said.explained)),
      ...(chat.server?.isPublished ? [] : [small(...linkCommands(said.missing))]),
      buttons([
        panelButton('publish', 'on', texts.settings.yes, publish),
        panelButton('publish', 'off', texts.settings.no, !publish),
      ]),
    ];
  },
  inline: ({ publish }, { chat, texts }) =>
    publish && !chat.server?.isPublished ? [small(...linkCommands(texts.servers.publish.missing))] : [],
  toggle(choices, context) {
    const isOn = choices.publish;
    return panelButton('publish', isOn ? 'off' : 'on', publishPanel.label(choices, context), isOn);
  },
};
