import { linkCommands } from '../../command/views/command-links.ts';
import { chunk } from '../../lib/chunk.ts';
import { buttons, heading, paragraph, text } from '../../note/document.ts';
import { POST_TYPES, type PostType } from '../../note/post-types.ts';
import { hasFeature } from '../../platform/platforms.ts';
import { type Panel, panelButton } from '../panel.ts';
import { invalidInput } from '../parse-input.ts';

const EXAMPLE = '/settings topics photo https://t.me/c/1234567890/15';

/** Which topics of a group which posts go to. Words: a post type, and a topic's link or number, or `none`. */
export const topicsPanel: Panel = {
  name: 'topics',
  isAvailable: ({ chat, platform }) => hasFeature(platform, 'topics') && chat.kind === 'group',
  label: ({ topics }, { texts }) => texts.servers.topics.label(Object.keys(topics).length),
  apply(words, choices, { texts }) {
    const [, typed, given = ''] =
      /^(\S+)\s+(?:https:\/\/t\.me\/(?:c\/\d+|\w+)\/)?(\d{1,10}|none)(?:\/\d+)?$/u.exec(
        words.trim().toLowerCase(),
      ) ?? [];
    const type = POST_TYPES.find((one) => one === typed);
    if (!type) throw invalidInput(words, texts, EXAMPLE, '/settings topics photo none');
    const { [type]: _, ...others } = choices.topics;
    return { ...choices, topics: given === 'none' ? others : { ...others, [type]: given } };
  },
  show({ topics }, { texts }) {
    const said = texts.servers.topics;
    const chosen = POST_TYPES.filter((type) => topics[type] !== undefined);
    const name = (type: PostType): string => texts.postTypes[type].one;
    return [
      heading(3, text(said.heading)),
      paragraph(...linkCommands(said.explained), text('\n'), { type: 'code', text: EXAMPLE }),
      ...chosen.map((type) => paragraph(...linkCommands(said.one(name(type), topics[type] ?? '')))),
      buttons(
        ...chunk(
          chosen.map((type) => panelButton('topics', `${type} none`, said.back(name(type)))),
          2,
        ),
      ),
    ];
  },
};
