import type { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { chunk } from '../../lib/chunk.ts';
import { buttons, heading, paragraph, text } from '../../note/document.ts';
import { POST_TYPES, type PostType } from '../../note/post-types.ts';
import { hasFeature } from '../../platform/platforms.ts';
import { type Panel, panelButton } from '../panel.ts';
import { invalidInput } from '../parse-input.ts';

const EXAMPLE = '/settings topics photo https://t.me/c/1234567890/15';

const invalid = (given: string, texts: Texts): UserError =>
  invalidInput(given, texts, EXAMPLE, '/settings topics photo none');

/** Which posts go to which topics of a group. Typed: a post type, and a topic's link or number, or `none`. */
export const topicsPanel: Panel = {
  name: 'topics',
  isAvailable: ({ chat, platform }) => hasFeature(platform, 'topics') && chat.kind === 'group',
  label: ({ topics }, { texts }) => texts.servers.topics.label(Object.keys(topics).length),
  parse(typed, _preferences, { texts }) {
    const [, name, value] =
      /^(\S+)\s+(?:https:\/\/t\.me\/(?:c\/\d+|\w+)\/)?(\d{1,10}|none)(?:\/\d+)?$/u.exec(
        typed.trim().toLowerCase(),
      ) ?? [];
    const type = POST_TYPES.find((one) => one === name);
    if (!type) throw invalid(typed, texts);
    return { type, value };
  },
  apply({ type, value = '' }, preferences, { texts }) {
    if (!type || !/^(?:\d{1,10}|none)$/u.test(value)) throw invalid(value, texts);
    const { [type]: _, ...others } = preferences.topics;
    return { ...preferences, topics: value === 'none' ? others : { ...others, [type]: value } };
  },
  show({ topics }, { texts }) {
    const panelTexts = texts.servers.topics;
    const chosen = POST_TYPES.filter((type) => topics[type] !== undefined);
    const name = (type: PostType): string => texts.postTypes[type].one;
    return [
      heading(3, text(panelTexts.heading)),
      paragraph(...linkCommands(panelTexts.explained), text('\n'), { type: 'code', text: EXAMPLE }),
      ...chosen.map((type) => paragraph(...linkCommands(panelTexts.one(name(type), topics[type] ?? '')))),
      buttons(
        ...chunk(
          chosen.map((type) => panelButton('topics', { type, value: 'none' }, panelTexts.back(name(type)))),
          2,
        ),
      ),
    ];
  },
};
