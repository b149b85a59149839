import { onTestFinished } from 'vitest';
import { type DiscordOptions, type FakeDiscord, startDiscord } from '../../../sandbox/discord/discord.ts';
import type { Menu } from '../../../src/command/menu.ts';
import type { Answer } from '../../../src/command/request.ts';
import { type Fields, type Log, silentLog } from '../../../src/lib/log.ts';
import type { MediaFetch } from '../../../src/media/media-fetch.ts';
import { type Document, paragraph, text } from '../../../src/note/document.ts';
import { createDiscord } from '../../../src/platform/discord/discord.ts';
import { parseReceipt } from '../../../src/platform/discord/send/receipts.ts';
import type { Body, ChangeResult, Host, Platform } from '../../../src/platform/platform.ts';
import { ready } from '../../ready.fixture.ts';
import { type Asked, type Reply, type Script, scriptedHost } from '../scripted-host.fixture.ts';

/** A loopback Discord with a guild, a channel and a member, and the adapter connected to it. Both use the same clock. */
export async function startBot(
  options: DiscordOptions & {
    readonly log?: Log;
    readonly patienceMs?: number;
    readonly timeoutMs?: number;
    readonly variant?: string;
    readonly media?: MediaFetch;
  } = {},
) {
  const { log = silentLog, patienceMs: deferAfterMs, timeoutMs, variant = '', media, ...server } = options;
  const discord = await startDiscord({ limits: 'off', ...server });
  const guild = discord.world.addGuild({ name: 'Harbour' });
  const channel = discord.world.addChannel(guild, { name: 'news' });
  const mira = discord.world.addUser({ name: 'Mira' });
  discord.world.addMember(guild, mira);
  const platform = createDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    log,
    variant,
    ...(deferAfterMs === undefined ? {} : { deferAfterMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(server.clock && { now: () => server.clock?.now() ?? 0 }),
    ...(media && { media }),
  });
  onTestFinished(async () => {
    await platform.stop();
    await discord.stop();
  });
  return { discord, guild, channel, mira, platform, destination: `discord:${channel.id}` };
}

export const bodyOf = (platform: Platform, document: Document, variant = 'card'): Body => {
  const [body] = platform.render(ready(document), variant);
  if (!body) throw new Error('The document has no body');
  return body;
};

/** Throws if the message was not sent. */
export function receiptOf(result: ChangeResult): string {
  if (result.status !== 'sent') throw new Error(`Not sent: ${JSON.stringify(result)}`);
  return result.receipt;
}

/** The message ids in a receipt. */
export const idsOf = (receipt: string): readonly string[] => parseReceipt(receipt).ids;

const MENU: Menu = [
  {
    name: 'latest',
    description: 'The newest posts',
    answerTo: 'everyone',
    for: 'readers',
    category: 'reading',
    options: [
      {
        name: 'count',
        displayName: 'count',
        type: 'integer',
        description: 'How many',
        required: false,
        min: 1,
        max: 10,
      },
      {
        name: 'type',
        displayName: 'type',
        type: 'string',
        description: 'Which',
        required: false,
        choices: [{ name: 'Photo', value: 'photo' }],
      },
      {
        name: 'words',
        displayName: 'words',
        type: 'string',
        description: 'About',
        required: false,
        maxLength: 50,
        autocomplete: true,
      },
    ],
  },
  {
    name: 'help',
    description: 'What I can do',
    answerTo: 'user',
    for: 'readers',
    category: 'reading',
    options: [],
  },
  {
    name: 'subscribe',
    description: 'Get new posts here',
    answerTo: 'user',
    for: 'managers',
    category: 'managing',
    options: [],
  },
];

/** A scripted host that records notifications and requests. */
export function fakeHost(
  reply: Script['reply'] = () => answerOf('Hello'),
  absent: readonly string[] = [],
  more: Partial<Script> & Partial<Pick<Host, 'autocomplete'>> = {},
) {
  const told: string[] = [];
  const invocations: Asked[] = [];
  let heard = Promise.withResolvers<void>();
  const tell = async (what: string) => {
    told.push(what);
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const { autocomplete, ...script } = more;
  const host: Host = {
    ...scriptedHost({
      menu: MENU,
      reply(asked) {
        invocations.push(asked);
        return reply(asked);
      },
      ...script,
    }),
    ...(autocomplete && { autocomplete }),
    destinationLost: (destination) => tell(`left ${destination}`),
    destinationRestored: (destination) => tell(`returned ${destination}`),
    suspendedDestinations: () => Promise.resolve(absent),
  };
  return {
    host,
    told,
    invocations,
    /** Resolves when the host has received all of these notifications. */
    async hears(...wanted: readonly string[]) {
      while (!wanted.every((one) => told.includes(one))) await heard.promise;
    },
  };
}

export const answerOf = (words: string, to: Answer['to'] = 'everyone'): Reply => ({
  document: [paragraph(text(words))],
  to,
});

/** A log that keeps its lines. */
export function recordingLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (event: string, fields?: Fields) =>
    void lines.push(`${event} ${JSON.stringify(fields ?? {})}`);
  const log: Log = { debug: write, info: write, warn: write, error: write, with: () => log };
  return { log, lines };
}

/** All texts of a stored message. */
export function messageText(
  message: Pick<ReturnType<FakeDiscord['messages']>[number], 'content' | 'components'>,
): string {
  const inside = (components: readonly unknown[]): readonly string[] =>
    components.flatMap((one) => {
      const { content, components: more } = one as { content?: string; components?: readonly unknown[] };
      return [...(content === undefined ? [] : [content]), ...inside(more ?? [])];
    });
  return [message.content, ...inside(message.components)].filter(Boolean).join('\n');
}

/** Posts a message of the bot with one button, as an older release may have left it. */
export async function postButton(discord: FakeDiscord, channel: { readonly id: string }, customId: string) {
  const row = { type: 1, components: [{ type: 2, style: 2, label: 'Press', custom_id: customId }] };
  const posted = discord.next('message');
  await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Here', components: [row] }),
  });
  return posted;
}
