import type { ByType, Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import { Problem } from '../command/problem.ts';
import { sentence } from '../command/sentence.ts';
import {
  type Block,
  type Button,
  buttons,
  heading,
  paragraph,
  press,
  small,
  text,
} from '../note/document.ts';
import { POST_TYPES, type PostType } from '../note/note.ts';
import { whyNot } from './chosen-pings.ts';
import { choiceOf, option, type Panel, pick, typeLabel } from './panel.ts';
import { wrong } from './typed.ts';

/** Which roles are pinged by which posts. Words: a post type, and a role's id, `new` or `none`; a type alone: that is what it is about now. */
export const pingsPanel: Panel = {
  name: 'pings',
  isFor: ({ place }) => place.server !== undefined,
  label: ({ pings }, { texts }) => texts.servers.pings.label(Object.keys(pings).length),
  async change(words, choices, context) {
    const { place, texts } = context;
    if (typeIn(words)) return choices;
    const [, typed = '', given = ''] = /^(\S+)\s+(?:<@&)?(\w+)>?$/u.exec(words.trim().toLowerCase()) ?? [];
    const type = typeIn(typed);
    const isKnown = given === 'none' || given === 'new' || place.server?.role(given) !== undefined;
    if (!type || !isKnown)
      throw wrong(words, texts, '/settings pings missive new', '/settings pings missive none');
    const { [type]: _, ...others } = choices.pings;
    const role = given === 'new' ? await made(type, context) : given;
    return { ...choices, pings: given === 'none' ? others : { ...others, [type]: role } };
  },
  show(choices, context, words) {
    const { place, texts } = context;
    const { pings } = choices;
    const said = texts.servers.pings;
    const types = POST_TYPES.filter((type) => choices.postTypes.includes(type) || pings[type]);
    const type = typeIn(words.trim().split(/\s/u)[0] ?? '') ?? types[0] ?? 'missive';
    const nameOf = (one: PostType): string => typeLabel(one, texts);
    const roleOf = (one: PostType) => place.server?.role(pings[one] ?? '');
    const optionOf = (one: PostType) =>
      option(one, roleOf(one) ? `${nameOf(one)} · @${roleOf(one)?.name}` : nameOf(one));
    return [
      heading(3, text(said.heading)),
      paragraph(...sentence(said.explained)),
      ...types.flatMap((one) => standing(one, pings, context)),
      choiceOf('pings', said.type, [...new Set([...types, type])].map(optionOf), [type]),
      choiceOf('pings', said.choose(texts.postTypes[type]), 'role', roleOf(type) ? [pings[type] ?? ''] : [], {
        amount: 'at most one',
        before: type,
      }),
      buttons(
        [
          pings[type] === undefined
            ? pick('pings', `${type} new`, said.make(texts.postTypes[type]))
            : pick('pings', `${type} none`, said.nobody(texts.postTypes[type])),
        ],
        offer(choices, context),
      ),
    ];
  },
};

/** The post type that is all these words say. */
const typeIn = (words: string): PostType | undefined =>
  POST_TYPES.find((one) => one === words.trim().toLowerCase());

async function made(type: PostType, context: CommandContext): Promise<string> {
  const said = context.texts.servers.pings;
  const name = said.name(context.texts.postTypes[type]);
  const role = (await context.place.server?.makeRole(name)) ?? 'unknown';
  if (role === 'forbidden') throw new Problem(said.mayNotMake);
  if (typeof role === 'string') throw new Problem(whyNot(name, role, context));
  return role.id;
}

/** Who is told of a type, and what keeps them from it. */
function standing(type: PostType, pings: ByType, { place, texts }: CommandContext): readonly Block[] {
  const said = texts.servers.pings;
  const id = pings[type];
  if (id === undefined) return [];
  const name = texts.postTypes[type];
  const role = place.server?.role(id);
  if (!role) return [paragraph(...sentence(said.deleted(name)))];
  return [
    paragraph(...sentence(said.one(name, role.name))),
    ...(role.mayPing ? [] : [small(...sentence(said.silent(role.name)))]),
    ...(role.unfit ? [small(...sentence(texts.servers.unfit[role.unfit](role.name)))] : []),
  ];
}

function offer({ pings }: Choices, { texts }: CommandContext): readonly Button[] {
  if (Object.keys(pings).length === 0) return [];
  return [{ label: texts.servers.pings.offer, press: press('roles'), manner: 'add' }];
}
