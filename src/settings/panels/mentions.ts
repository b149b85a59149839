import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import {
  type Block,
  type Button,
  buttons,
  callback,
  heading,
  paragraph,
  small,
  text,
} from '../../note/document.ts';
import { POST_TYPES, type PostType } from '../../note/post-types.ts';
import type { IdsByType, Preferences } from '../../preferences/preferences.ts';
import { refusalMessage } from '../mention-permissions.ts';
import { option, type Panel, panelButton, panelSelect, typeLabel } from '../panel.ts';
import { invalidInput } from '../parse-input.ts';

/** Which roles are pinged by which posts. Words: a post type, and a role's id, `new` or `none`; a type alone: that is what it is about now. */
export const mentionsPanel: Panel = {
  name: 'pings',
  isAvailable: ({ chat }) => chat.server !== undefined,
  label: ({ pings }, { texts }) => texts.servers.pings.label(Object.keys(pings).length),
  async apply(words, choices, context) {
    const { chat, texts } = context;
    if (parseType(words)) return choices;
    const [, typed = '', given = ''] = /^(\S+)\s+(?:<@&)?(\w+)>?$/u.exec(words.trim().toLowerCase()) ?? [];
    const type = parseType(typed);
    const isKnown = given === 'none' || given === 'new' || chat.server?.role(given) !== undefined;
    if (!type || !isKnown)
      throw invalidInput(words, texts, '/settings pings missive new', '/settings pings missive none');
    const { [type]: _, ...others } = choices.pings;
    const role = given === 'new' ? await createRole(type, context) : given;
    return { ...choices, pings: given === 'none' ? others : { ...others, [type]: role } };
  },
  show(choices, context, words) {
    const { chat, texts } = context;
    const { pings } = choices;
    const said = texts.servers.pings;
    const types = POST_TYPES.filter((type) => choices.postTypes.includes(type) || pings[type]);
    const type = parseType(words.trim().split(/\s/u)[0] ?? '') ?? types[0] ?? 'missive';
    const nameOf = (one: PostType): string => typeLabel(one, texts);
    const roleOf = (one: PostType) => chat.server?.role(pings[one] ?? '');
    const optionOf = (one: PostType) =>
      option(one, roleOf(one) ? `${nameOf(one)} · @${roleOf(one)?.name}` : nameOf(one));
    return [
      heading(3, text(said.heading)),
      paragraph(...linkCommands(said.explained)),
      ...types.flatMap((one) => currentMention(one, pings, context)),
      panelSelect('pings', said.type, [...new Set([...types, type])].map(optionOf), [type]),
      panelSelect(
        'pings',
        said.choose(texts.postTypes[type].one),
        'role',
        roleOf(type) ? [pings[type] ?? ''] : [],
        {
          amount: 'at most one',
          before: type,
        },
      ),
      buttons(
        [
          pings[type] === undefined
            ? panelButton('pings', `${type} new`, said.make(texts.postTypes[type].one))
            : panelButton('pings', `${type} none`, said.nobody(texts.postTypes[type].one)),
        ],
        offerButton(choices, context),
      ),
    ];
  },
};

/** The post type that is all these words say. */
const parseType = (words: string): PostType | undefined =>
  POST_TYPES.find((one) => one === words.trim().toLowerCase());

async function createRole(type: PostType, context: CommandContext): Promise<string> {
  const said = context.texts.servers.pings;
  const name = said.name(context.texts.postTypes[type].one);
  const role = (await context.chat.server?.makeRole(name)) ?? 'unknown';
  if (role === 'forbidden') throw new UserError(said.mayNotMake);
  if (typeof role === 'string') throw new UserError(refusalMessage(name, role, context));
  return role.id;
}

/** Who is told of a type, and what keeps them from it. */
function currentMention(type: PostType, pings: IdsByType, { chat, texts }: CommandContext): readonly Block[] {
  const said = texts.servers.pings;
  const id = pings[type];
  if (id === undefined) return [];
  const name = texts.postTypes[type].one;
  const role = chat.server?.role(id);
  if (!role) return [paragraph(...linkCommands(said.deleted(name)))];
  return [
    paragraph(...linkCommands(said.one(name, role.name))),
    ...(role.isMentionable ? [] : [small(...linkCommands(said.silent(role.name)))]),
    ...(role.refusal ? [small(...linkCommands(texts.servers.unfit[role.refusal](role.name)))] : []),
  ];
}

function offerButton({ pings }: Preferences, { texts }: CommandContext): readonly Button[] {
  if (Object.keys(pings).length === 0) return [];
  return [{ label: texts.servers.pings.offer, callback: callback('roles'), responseMode: 'add' }];
}
