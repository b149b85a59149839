import { Agent, request } from 'node:http';
import { REST, Routes } from 'discord.js';
import { Api } from 'grammy';
import { initNostrWasm } from 'nostr-wasm';
import { WebSocket } from 'ws';
import { serve } from './child-process.ts';
import { DISCORD_TOKEN } from './minimal-discord.ts';
import { TELEGRAM_TOKEN } from './minimal-telegram.ts';

/** The minimum that does the same: nothing stored, checked or retried. */

interface Follow {
  readonly relay: string;
  /** The URL of the request, the field for the text, and the other fields. */
  readonly url: string;
  readonly field: string;
  readonly others: object;
}

interface Broadcast {
  readonly url: string;
  readonly chats: readonly string[];
  readonly atOnce: number;
  /** The JSON body of each call. */
  readonly body: string;
}

const agent = new Agent({ keepAlive: true });

function post(url: string, body: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  request(url, { method: 'POST', agent, headers }, (response) => response.resume()).end(body);
}

/** Calls for each of them, with limited concurrency. */
async function each({ chats, atOnce }: Broadcast, call: (chat: string) => Promise<unknown>): Promise<void> {
  const left = chats.values();
  const caller = async (): Promise<void> => {
    for (const chat of left) await call(chat);
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
}

const bare = {
  /** Sends one request for each verified note of the relay from then on. */
  async follow({ relay, url, field, others }: Follow): Promise<void> {
    const wasm = await initNostrWasm();
    type Event = Parameters<typeof wasm.verifyEvent>[0];
    const socket = new WebSocket(relay);
    socket.on('message', (data: Buffer) => {
      const [type, , event] = JSON.parse(data.toString()) as [string, string, Event];
      if (type !== 'EVENT') return;
      wasm.verifyEvent(event);
      post(url, JSON.stringify({ ...others, [field]: event.content }));
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify(['REQ', 'bare', { limit: 10 }]));
  },

  async telegram(broadcast: Broadcast): Promise<void> {
    const { raw } = new Api(TELEGRAM_TOKEN, { apiRoot: broadcast.url });
    const message = JSON.parse(broadcast.body) as Parameters<typeof raw.sendMessage>[0];
    await each(broadcast, (chat) => raw.sendMessage({ ...message, chat_id: Number(chat) }));
  },

  async discord(broadcast: Broadcast): Promise<void> {
    const globalRequestsPerSecond = Number.POSITIVE_INFINITY;
    const rest = new REST({ api: broadcast.url, globalRequestsPerSecond }).setToken(DISCORD_TOKEN);
    const body = JSON.parse(broadcast.body) as object;
    await each(broadcast, (channel) => rest.post(Routes.channelMessages(channel), { body }));
  },
};
export type Bare = typeof bare;

serve(bare);
