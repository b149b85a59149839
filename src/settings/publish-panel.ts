import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import { type Panel, pick } from './panel.ts';
import { inOurWords, wrong } from './typed.ts';

/** Whether posts go out to the channels that follow this one. Words: `on`, `off`. */
export const publishPanel: Panel = {
  name: 'publish',
  isFor: ({ place }) => place.server !== undefined,
  label: ({ publish }, { texts }) =>
    texts.servers.publish.label((publish ? texts.settings.yes : texts.settings.no).toLowerCase()),
  change(words, choices, { texts }) {
    const { yes, no } = texts.settings;
    const meant = inOurWords(words, { on: ['yes', yes], off: ['no', no] });
    if (meant !== 'on' && meant !== 'off')
      throw wrong(words, texts, '/settings publish on', '/settings publish off');
    return { ...choices, publish: meant === 'on' };
  },
  show({ publish }, { place, texts }) {
    const said = texts.servers.publish;
    return [
      heading(3, text(said.heading)),
      paragraph(...sentence(said.explained)),
      ...(place.server?.isPublished ? [] : [small(...sentence(said.missing))]),
      buttons([
        pick('publish', 'on', texts.settings.yes, publish),
        pick('publish', 'off', texts.settings.no, !publish),
      ]),
    ];
  },
  inGroup: ({ publish }, { place, texts }) =>
    publish && !place.server?.isPublished ? [small(...sentence(texts.servers.publish.missing))] : [],
  toggle(choices, context) {
    const isOn = choices.publish;
    return pick('publish', isOn ? 'off' : 'on', publishPanel.label(choices, context), isOn);
  },
};
