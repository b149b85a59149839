import { type CommandContext, defineCommand } from '../src/command/command.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { buttons, type Document, paragraph, small } from '../src/note/document.ts';
import { PLATFORMS } from '../src/platform/platforms.ts';
import { initialPreferences, subscribeWith } from '../src/settings/apply-preferences.ts';
import { withoutRefusedMentions } from '../src/settings/mention-permissions.ts';
import { presetButtons, settingsButton } from '../src/settings/screens.ts';
import { summary } from '../src/settings/summary.ts';

/** Delivers new posts to this chat from now on. The latest post shows what they look like. */
export const subscribe = defineCommand({
  name: 'subscribe',
  answerTo: 'user',
  for: 'managers',
  category: 'managing',
  options: { place: { type: 'string', maxLength: 20, hidden: true } },
  async run({ place: elsewhere }, context) {
    if (elsewhere !== undefined && !isThisPlace(elsewhere, context))
      return subscribeThere(elsewhere, context);
    const { archive, author, chat, platform, renderNote, subscriptions, texts } = context;
    const before = await subscriptions.preferencesOf(chat.destination);
    const preferences = before ?? initialPreferences(context);
    const outcome = await subscribeWith(preferences, context);
    const stopCommand = chat.kind === 'private' ? PLATFORMS[platform].privateStop : 'unsubscribe';
    const after = [
      paragraph(...linkCommands(await summary(preferences, context))),
      small(...linkCommands(texts.subscribe.stopWith(stopCommand))),
    ];
    const { added, already, latestOne } = texts.subscribe;
    const { name } = author();
    if (outcome === 'already')
      return [
        paragraph(...linkCommands(already[chat.kind](name))),
        ...after,
        buttons([settingsButton(texts)]),
      ];

    const [newest] = [
      ...(await archive.latest({ count: 1, postType: 'missive' })),
      ...(await archive.latest({ count: 1 })),
    ];
    return [
      paragraph(...linkCommands(added[chat.kind](name))),
      ...after,
      ...(newest ? [paragraph(...linkCommands(latestOne)), ...(await renderNote(newest))] : []),
      buttons(...presetButtons(texts, 'add'), [settingsButton(texts)]),
    ];
  },
});

const isThisPlace = (id: string, { chat, platform }: CommandContext): boolean =>
  chat.destination === `${platform}:${id}`;

/** Subscribes another channel of the server, selected in this one, with this channel's settings. */
async function subscribeThere(id: string, context: CommandContext): Promise<Document> {
  const { chat: here, subscriptions, texts } = context;
  const chat = here.server?.channel(id);
  if (!chat) throw new UserError(texts.servers.channelGone);
  const there: CommandContext = { ...context, chat };
  const before = await subscriptions.preferencesOf(chat.destination);
  const inherited =
    before ?? (await subscriptions.preferencesOf(here.destination)) ?? initialPreferences(there);
  const preferences = before ?? (await withoutRefusedMentions(inherited, there));
  const outcome = await subscribeWith(preferences, there);
  const name = here.server?.channelMention(chat.destination) ?? id;
  const { added, already } = texts.servers.where;
  const hasDropped =
    Object.keys(preferences.mentionRoles).length < Object.keys(inherited.mentionRoles).length;
  return [
    paragraph(...linkCommands(outcome === 'already' ? already(name) : added(name))),
    ...(hasDropped ? [small(...linkCommands(texts.servers.where.withoutPings))] : []),
  ];
}
