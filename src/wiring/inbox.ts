import { type AuthorInbox, openAuthorInbox } from '../author-inbox/author-inbox.ts';
import { createWeeklyReport, REPORT_HOUR } from '../author-inbox/weekly-report.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { textsFor } from '../i18n/texts.ts';
import type { Job } from '../jobs/scheduler.ts';
import { isPrivateUrl } from '../lib/private-addresses.ts';
import type { Presenter } from '../note/present/finish.ts';
import { botKeyFrom } from '../relays/bot-key.ts';
import { readDirectMessages } from '../relays/dm/dm-inbox.ts';
import { createDirectMessage, giftWrap } from '../relays/dm/nip17.ts';
import { createDmRelayPublisher } from '../relays/dm/publish-dm-relays.ts';
import { INDEXERS } from '../relays/public-relays.ts';
import { createPublisher } from '../relays/publish.ts';
import { createRelayAccess } from '../relays/relay-access.ts';
import { normalizeRelayUrl } from '../relays/relay-url.ts';
import { TIMEOUTS } from '../relays/timeouts.ts';
import type { Store } from '../store/store.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { NewsDates } from './news.ts';
import type { Outlet } from './outlets.ts';

/** The author inbox with its Nostr side: direct messages between the bot and the author (NIP-17). */
export interface WiredInbox extends Pick<AuthorInbox, 'suggest' | 'forget'> {
  readonly jobs: readonly Job[];
  /** Sends and reads direct messages in the background. */
  start(): void;
}

/** NIP-17 asks for short lists. */
const MAX_DM_RELAYS = 3;
/** Relays on which the bot's own list is published. */
const MAX_TARGETS = 10;

/** Only if the operator gave the bot a key; otherwise `undefined`. */
export async function openInbox(
  config: Config,
  parts: {
    readonly author: FollowedAuthor;
    readonly store: Store;
    readonly platforms: readonly Outlet[];
    readonly presenter: Presenter;
    readonly news: NewsDates;
  },
  { log, clock, signal, lifetime }: Context,
): Promise<WiredInbox | undefined> {
  if (config.botKey === undefined) return undefined;
  const { store, platforms } = parts;
  const { identity, metadata, verifier } = parts.author;
  const key = botKeyFrom(config.botKey);
  if (key.pubkey === identity.pubkey)
    throw new ConfigError(["BOT_KEY: this is the author's own key. Create a separate one for the bot"]);
  const texts = textsFor('en');
  const { isAllowed, lookupOf } = createRelayAccess(config.relays);
  const shared = { key, timeouts: TIMEOUTS, log, signal, now: clock.now, random: Math.random };
  const publish = createPublisher({ ...shared, lookupOf });
  const ownRelays = config.relays.flatMap((url) => normalizeRelayUrl(url) ?? []).slice(0, MAX_DM_RELAYS);

  /** Without a list of the author's, the relays from which we read the notes. */
  function authorDmRelays(): readonly string[] {
    const listed = metadata.dmRelays().filter(isAllowed).slice(0, MAX_DM_RELAYS);
    return listed.length > 0 ? listed : ownRelays;
  }

  const inbox = await openAuthorInbox({
    ...shared,
    openKeyValue: store.values.keyv,
    platforms,
    finish: parts.presenter.finish,
    write: (words, answers) =>
      createDirectMessage(key, { to: identity.pubkey, words, ...(answers && { answers }) }, clock.now()),
    deliver: async (message, until) => {
      const wrap = giftWrap(message, key, identity.pubkey, { nowMs: clock.now(), random: Math.random });
      return (await publish(wrap, authorDmRelays(), until)).length > 0;
    },
    authorName: () => metadata.author().name,
    texts,
    clock,
  });
  const publishDmRelays = createDmRelayPublisher({
    ...shared,
    publish,
    storage: store.values.keyv('announced'),
    inbox: ownRelays,
    targets: () =>
      [
        ...new Set([
          ...ownRelays,
          ...authorDmRelays(),
          ...metadata.relays().filter(isAllowed),
          ...(config.relays.every(isPrivateUrl)
            ? []
            : INDEXERS.flatMap((url) => normalizeRelayUrl(url) ?? [])),
        ]),
      ].slice(0, MAX_TARGETS),
  });
  const sendWeeklyReport = createWeeklyReport({
    inbox,
    figures: store.stats.ofPlatform,
    platforms: platforms.map(({ name }) => name),
    beganAtMs: parts.news.since * 1000,
    texts,
    now: clock.now,
  });

  return {
    suggest: inbox.suggest,
    forget: inbox.forget,
    jobs: [
      { name: 'week', cron: `0 ${REPORT_HOUR} * * 1`, run: sendWeeklyReport },
      { name: 'announce', cron: '23 * * * *', run: publishDmRelays },
    ],
    start() {
      for (const job of [publishDmRelays, sendWeeklyReport])
        lifetime.run(job().catch((error: unknown) => log.error('job.failed', { error })));
      lifetime.run(inbox.run(signal));
      lifetime.run(
        readDirectMessages({
          ...shared,
          urls: ownRelays,
          from: identity.pubkey,
          verifier,
          onMessage: inbox.receive,
          settledUntil: parts.news.settledUntil,
          storage: store.values.keyv('letter-settled'),
        }),
      );
    },
  };
}
