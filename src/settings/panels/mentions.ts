import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
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

/** Which posts ping which roles. Typed: a post type and a role's id, `new` or `none`; a type alone shows its role. */
export const mentionsPanel: Panel = {
  name: 'pings',
  isAvailable: ({ chat }) => chat.server !== undefined,
  label: ({ mentionRoles }, { texts }) => texts.servers.pings.label(Object.keys(mentionRoles).length),
  parse(typed, _preferences, { texts }) {
    const [, name = '', value] = /^(\S+)(?:\s+(?:<@&)?(\w+)>?)?$/u.exec(typed.trim().toLowerCase()) ?? [];
    const type = POST_TYPES.find((one) => one === name);
    if (!type) throw invalid(typed, texts);
    return { type, value };
  },
  async apply({ type, value }, preferences, context) {
    if (type !== undefined && value === undefined) return preferences;
    const isKnown =
      value === 'none' || value === 'new' || context.chat.server?.role(value ?? '') !== undefined;
    if (type === undefined || value === undefined || !isKnown)
      throw invalid([type, value].filter(Boolean).join(' '), context.texts);
    const { [type]: _, ...others } = preferences.mentionRoles;
    if (value === 'none') return { ...preferences, mentionRoles: others };
    const role = value === 'new' ? await createRole(type, context) : value;
    return { ...preferences, mentionRoles: { ...others, [type]: role } };
  },
  show(preferences, context, input = {}) {
    const { chat, texts } = context;
    const { mentionRoles } = preferences;
    const panelTexts = texts.servers.pings;
    const types = POST_TYPES.filter((type) => preferences.postTypes.includes(type) || mentionRoles[type]);
    const type = input.type ?? types[0] ?? POST_TYPES[0] ?? 'missive';
    const nameOf = (one: PostType): string => typeLabel(one, texts);
    const roleOf = (one: PostType) => chat.server?.role(mentionRoles[one] ?? '');
    const optionOf = (one: PostType) =>
      option(one, roleOf(one) ? `${nameOf(one)} · @${roleOf(one)?.name}` : nameOf(one));
    return [
      heading(3, text(panelTexts.heading)),
      paragraph(...linkCommands(panelTexts.explained)),
      ...types.flatMap((one) => currentMention(one, mentionRoles, context)),
      panelSelect('pings', panelTexts.type, [...new Set([...types, type])].map(optionOf), [type], {
        option: 'type',
      }),
      panelSelect(
        'pings',
        panelTexts.choose(texts.postTypes[type].one),
        'role',
        roleOf(type) ? [mentionRoles[type] ?? ''] : [],
        {
          amount: 'at most one',
          fixed: { type },
        },
      ),
      buttons(
        [
          mentionRoles[type] === undefined
            ? panelButton('pings', { type, value: 'new' }, panelTexts.createRole(texts.postTypes[type].one))
            : panelButton('pings', { type, value: 'none' }, panelTexts.noPing(texts.postTypes[type].one)),
        ],
        offerButton(preferences, context),
      ),
    ];
  },
};

const invalid = (given: string, texts: Texts): UserError =>
  invalidInput(given, texts, '/settings pings missive new', '/settings pings missive none');

async function createRole(type: PostType, context: CommandContext): Promise<string> {
  const panelTexts = context.texts.servers.pings;
  const name = panelTexts.roleName(context.texts.postTypes[type].one);
  const role = (await context.chat.server?.createRole(name)) ?? 'unknown';
  if (role === 'forbidden') throw new UserError(panelTexts.cannotCreateRoles);
  if (typeof role === 'string') throw new UserError(refusalMessage(name, role, context));
  return role.id;
}

/** The role that a post type pings, and any problem with it. */
function currentMention(type: PostType, pings: IdsByType, { chat, texts }: CommandContext): readonly Block[] {
  const panelTexts = texts.servers.pings;
  const id = pings[type];
  if (id === undefined) return [];
  const name = texts.postTypes[type].one;
  const role = chat.server?.role(id);
  if (!role) return [paragraph(...linkCommands(panelTexts.deleted(name)))];
  return [
    paragraph(...linkCommands(panelTexts.one(name, role.name))),
    ...(role.isMentionable ? [] : [small(...linkCommands(panelTexts.silent(role.name)))]),
    ...(role.refusal ? [small(...linkCommands(texts.servers.assignRefusals[role.refusal](role.name)))] : []),
  ];
}

function offerButton({ mentionRoles }: Preferences, { texts }: CommandContext): readonly Button[] {
  if (Object.keys(mentionRoles).length === 0) return [];
  return [{ label: texts.servers.pings.offer, callback: callback('roles'), responseMode: 'add' }];
}
