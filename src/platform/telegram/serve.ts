import type { Update, UserFromGetMe } from 'grammy/types';
import { menuFor } from '../../command/menu-of.ts';
import type { Log } from '../../log.ts';
import type { Document } from '../../note/document.ts';
import { en } from '../../text/en.ts';
import { type Host, type Platform, RefusedByPlatform } from '../platform.ts';
import { createAnswering } from './answering.ts';
import { callOf } from './call.ts';
import { destinationOf } from './chat.ts';
import type { SetupShelf } from './clean-up.ts';
import type { Client } from './client.ts';
import type { Contention } from './contention.ts';
import { subscribeLink } from './deep-links.ts';
import type { Editor } from './edit.ts';
import { faultOf } from './fault.ts';
import type { Flood } from './flood.ts';
import { type Incoming, incomingOf, type Self } from './incoming.ts';
import { createLanes, laneOf } from './lanes.ts';
import { createManages } from './managers.ts';
import { createMembership } from './membership.ts';
import { publishMenu } from './menu.ts';
import { createPolling, type Polling } from './polling.ts';
import { fresh, type Put } from './put.ts';
import type { Questions } from './questions.ts';
import { render } from './render.ts';
import { createSharing } from './sharing.ts';
import type { Wait } from './wait.ts';

/** Updates in hand at once; more wait at Telegram. */
const MAX_IN_HAND = 500;
const LOGIN_PAUSE_MS = 1_000;
const MAX_LOGIN_PAUSE_MS = 30_000;

const { operator, trouble: troubles } = en.telegram;

export interface ServeParts {
  readonly client: Client;
  readonly put: Put;
  readonly editor: Editor;
  readonly flood: Flood;
  readonly contention: Contention;
  readonly questions: Questions;
  readonly setup: SetupShelf;
  readonly rendered: Platform['rendered'];
  readonly log: Log;
  readonly now: () => number;
  readonly wait: Wait;
}

/** The part of a platform that listens. */
export interface Service {
  start(host: Host): Promise<void>;
  /** Says something to somebody alone; false where they don't hear it: only who has started the bot can be written to. */
  tell(userId: number, document: Document): Promise<boolean>;
  stop(): Promise<void>;
  trouble(): string | undefined;
  /** As `Platform.link`. */
  link(): string | undefined;
}

export function createService(parts: ServeParts): Service {
  const { client, put, flood, contention, log, now, wait } = parts;
  const { calls } = client;
  const stopping = new AbortController();
  const { signal } = stopping;
  const lanes = createLanes((error) => log.error('update.failed', { reason: faultOf(error).reason }));
  let polling: Polling | undefined;
  let running: Promise<void> | undefined;
  let unreached: string | undefined = troubles.outside;
  let link: string | undefined;

  async function start(host: Host): Promise<void> {
    const me = await logIn();
    if (!me) return;
    link = subscribeLink(me.username);
    log.info('login.accepted', { username: me.username, link });
    await prepare(host);
    const handle = createHandling(host, me);
    const self: Self = {
      id: me.id,
      username: me.username,
      commands: new Set(menuFor('telegram', host.menu).map(({ name }) => name)),
    };
    const take = (updates: readonly Update[]): Promise<void> => {
      for (const update of updates) {
        const incoming = incomingOf(update, self);
        if (incoming) lanes.add(laneOf(update), () => handle(incoming));
      }
      return lanes.below(MAX_IN_HAND);
    };
    polling = createPolling({ calls: client.polling, contention, log, wait, now, take });
    unreached = undefined;
    running = polling.run(signal);
  }

  /** The bot itself; `undefined` where it was stopped before Telegram answered. */
  async function logIn(): Promise<UserFromGetMe | undefined> {
    for (let pause = LOGIN_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, MAX_LOGIN_PAUSE_MS)) {
      try {
        return await calls.getMe(signal as Parameters<typeof calls.getMe>[0]);
      } catch (error) {
        if (signal.aborted) break;
        const { kind, reason, afterMs } = faultOf(error);
        if (kind === 'token') throw new RefusedByPlatform(operator.refused(reason));
        unreached = troubles.unreached;
        log.warn('login.retrying', { reason });
        await wait(afterMs ?? pause, signal);
      }
    }
    return undefined;
  }

  /** Neither is worth not answering for, and the one does not need the other. */
  async function prepare(host: Host): Promise<void> {
    await tried(
      async () => {
        const { url } = await calls.getWebhookInfo();
        if (!url) return;
        await calls.deleteWebhook({ drop_pending_updates: false });
        log.warn('webhook.removed', { reason: 'updates are fetched' });
      },
      (reason) => log.warn('webhook.failed', { reason }),
    );
    await tried(
      () => publishMenu(calls, host, log),
      (reason) => log.warn('menu.failed', { reason }),
    );
  }

  async function tried(errand: () => Promise<void>, failed: (reason: string) => void): Promise<void> {
    try {
      await errand();
    } catch (error) {
      failed(faultOf(error).reason);
    }
  }

  function createHandling(host: Host, me: UserFromGetMe): (incoming: Incoming) => Promise<void> {
    const manages = createManages(calls, now);
    const answer = createAnswering({ ...parts, calls, manages, host, self: me, signal });
    const share = createSharing(calls, host, me.username, log);
    const membership = createMembership({ host, username: me.username, tell });
    return (incoming) => {
      switch (incoming.type) {
        case 'command':
        case 'words':
        case 'press':
        case 'old-press':
          return answer(incoming);
        case 'inline':
          return share(incoming);
        case 'membership':
          return membership.changed(incoming.change);
        case 'migration':
          return membership.migrated(incoming.from, incoming.to);
        case 'reopened':
          return host.returned(destinationOf(incoming.chat, incoming.topic));
      }
    };
  }

  async function tell(chat_id: number, document: Document): Promise<boolean> {
    try {
      for (const body of render(document)) {
        await flood.turn(signal);
        await put(callOf(body), { chat_id }, fresh());
      }
      return true;
    } catch (error) {
      log.debug('hint.unheard', { reason: faultOf(error).reason });
      return false;
    }
  }

  return {
    start,
    tell,
    trouble: () => unreached ?? polling?.trouble(),
    link: () => link,
    async stop() {
      stopping.abort();
      await running;
      await lanes.below(1);
      await polling?.confirm().catch((error: unknown) => {
        log.debug('updates.unconfirmed', { reason: faultOf(error).reason });
      });
    },
  };
}
