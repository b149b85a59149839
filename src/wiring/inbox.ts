import { type AuthorInbox, openAuthorInbox } from '../author-inbox/author-inbox.ts';
import { createWeeklyReport, REPORT_HOUR } from '../author-inbox/weekly-report.ts';
import { type Config, ConfigError } from '../config/config.ts';
import { textsFor } from '../i18n/texts.ts';
import type { Job } from '../jobs/scheduler.ts';
import { isPrivateUrl } from '../lib/private-addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { botKeyFrom } from '../relays/bot-key.ts';
import { readDirectMessages } from '../relays/dm/dm-inbox.ts';
import { createDirectMessage, giftWrap } from '../relays/dm/nip17.ts';
import { createDmRelayPublisher } from '../relays/dm/publish-dm-relays.ts';
import { INDEXERS } from '../relays/public-relays.ts';
import { createPublisher } from '../relays/publish.ts';
import { createRelayAccess } from '../relays/relay-access.ts';
import { normalizeRelayUrl } from '../relays/relay-url.ts';
import { TIMEOUTS } from '../relays/timeouts.ts';
import type { FollowParts } from './relays.ts';

/** The desk with all that it needs of the world. */
export interface WiredInbox extends Pick<AuthorInbox, 'propose' | 'forget'> {
  readonly jobs: readonly Job[];
  /** Sends and reads letters until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** NIP-17 wants such lists small. */
const MAX_INBOX = 3;
/** Where it is said which these are. */
const MAX_TARGETS = 10;

/** The way between readers and the author, where the operator gave the bot a key; `undefined` where not. */
export async function wireInbox(
  config: Config,
  { author, book, store, verifier, log, clock, signal }: Omit<FollowParts, 'counters'>,
  platforms: readonly Platform[],
  beganAtMs: number,
): Promise<WiredInbox | undefined> {
  if (config.botKey === undefined) return undefined;
  const key = botKeyFrom(config.botKey);
  if (key.pubkey === author.pubkey)
    throw new ConfigError(["BOT_KEY: this is the author's own key. Create a separate one for the bot"]);
  const texts = textsFor('en');
  const { isAllowed, lookupOf } = createRelayAccess(config.relays);
  const shared = { key, timers: TIMEOUTS, log, signal, now: clock.now, random: Math.random };
  const publish = createPublisher({ ...shared, lookupOf });
  const ours = config.relays.flatMap((url) => normalizeRelayUrl(url) ?? []).slice(0, MAX_INBOX);

  /** Where no list of the author's is known, where we read the author's notes. */
  function authorsInbox(): readonly string[] {
    const listed = book.dmRelays().filter(isAllowed).slice(0, MAX_INBOX);
    return listed.length > 0 ? listed : ours;
  }

  const inbox = await openAuthorInbox({
    ...shared,
    openKeyValue: store.values.keyv,
    platforms,
    write: (words, answers) =>
      createDirectMessage(key, { to: author.pubkey, words, ...(answers && { answers }) }, clock.now()),
    deliver: async (letter, until) => {
      const wrap = giftWrap(letter, key, author.pubkey, { nowMs: clock.now(), random: Math.random });
      return (await publish(wrap, authorsInbox(), until)).length > 0;
    },
    authorName: () => book.author().name,
    texts,
    clock,
  });
  const announce = createDmRelayPublisher({
    ...shared,
    publish,
    storage: store.values.keyv('announced'),
    inbox: ours,
    targets: () =>
      [
        ...new Set([
          ...ours,
          ...authorsInbox(),
          ...book.relays().filter(isAllowed),
          ...(config.relays.every(isPrivateUrl)
            ? []
            : INDEXERS.flatMap((url) => normalizeRelayUrl(url) ?? [])),
        ]),
      ].slice(0, MAX_TARGETS),
  });
  const week = createWeeklyReport({
    inbox,
    figures: store.stats.ofPlatform,
    platforms: platforms.map(({ name }) => name),
    beganAtMs,
    texts,
    now: clock.now,
  });

  return {
    propose: inbox.propose,
    forget: inbox.forget,
    jobs: [
      { name: 'week', cron: `0 ${REPORT_HOUR} * * 1`, run: week },
      { name: 'announce', cron: '23 * * * *', run: announce },
    ],
    async run(until) {
      const first = [announce, week].map((errand) =>
        errand().catch((error: unknown) => log.error('job.failed', { error })),
      );
      await Promise.all([
        ...first,
        inbox.run(until),
        readDirectMessages({
          ...shared,
          urls: ours,
          from: author.pubkey,
          verifier,
          take: inbox.receive,
          storage: store.values.keyv('letter-settled'),
        }),
      ]);
    },
  };
}
