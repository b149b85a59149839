import { type Config, ConfigError } from './config.ts';
import type { FollowParts } from './follow-relays.ts';
import { type Desk, openDesk } from './letters/desk.ts';
import { createWeek, REPORT_HOUR } from './letters/week.ts';
import { createAnnounce } from './nostr/announce.ts';
import { botKeyFrom } from './nostr/bot-key.ts';
import { wrapLetter, writeLetter } from './nostr/letter.ts';
import { readLetters } from './nostr/letter-box.ts';
import { INDEXERS } from './nostr/public-relays.ts';
import { createPublish } from './nostr/publish.ts';
import { createReachable } from './nostr/reachable.ts';
import { relayUrl } from './nostr/relay-url.ts';
import { TIMERS } from './nostr/timers.ts';
import type { Errand } from './pipeline/schedule.ts';
import type { Platform } from './platform/platform.ts';
import { isPrivateUrl } from './public-address.ts';
import { textsFor } from './text/texts.ts';

/** The desk with all that it needs of the world. */
export interface AuthorDesk extends Pick<Desk, 'propose' | 'forget'> {
  readonly errands: readonly Errand[];
  /** Sends and reads letters until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** NIP-17 wants such lists small. */
const MAX_INBOX = 3;
/** Where it is said which these are. */
const MAX_TARGETS = 10;

/** The way between readers and the author, where the operator gave the bot a key; `undefined` where not. */
export async function openAuthorDesk(
  config: Config,
  { author, book, store, verifier, log, clock, signal }: Omit<FollowParts, 'counters'>,
  platforms: readonly Platform[],
  beganAtMs: number,
): Promise<AuthorDesk | undefined> {
  if (config.botKey === undefined) return undefined;
  const key = botKeyFrom(config.botKey);
  if (key.pubkey === author.pubkey)
    throw new ConfigError(["BOT_KEY: this is the author's own key. Create a separate one for the bot"]);
  const texts = textsFor('en');
  const { isAllowed, lookupOf } = createReachable(config.relays);
  const shared = { key, timers: TIMERS, log, signal, now: clock.now, random: Math.random };
  const publish = createPublish({ ...shared, lookupOf });
  const ours = config.relays.flatMap((url) => relayUrl(url) ?? []).slice(0, MAX_INBOX);

  /** Where no list of the author's is known, where we read the author's notes. */
  function authorsInbox(): readonly string[] {
    const listed = book.inbox().filter(isAllowed).slice(0, MAX_INBOX);
    return listed.length > 0 ? listed : ours;
  }

  const desk = await openDesk({
    ...shared,
    shelves: store.keyv,
    platforms,
    write: (words, answers) =>
      writeLetter(key, { to: author.pubkey, words, ...(answers && { answers }) }, clock.now()),
    deliver: async (letter, until) => {
      const wrap = wrapLetter(letter, key, author.pubkey, { nowMs: clock.now(), random: Math.random });
      return (await publish(wrap, authorsInbox(), until)).length > 0;
    },
    authorName: () => book.author().name,
    texts,
    clock,
  });
  const announce = createAnnounce({
    ...shared,
    publish,
    shelf: store.keyv('announced'),
    inbox: ours,
    targets: () =>
      [
        ...new Set([
          ...ours,
          ...authorsInbox(),
          ...book.relays().filter(isAllowed),
          ...(config.relays.every(isPrivateUrl) ? [] : INDEXERS.flatMap((url) => relayUrl(url) ?? [])),
        ]),
      ].slice(0, MAX_TARGETS),
  });
  const week = createWeek({
    desk,
    figures: store.figures,
    platforms: platforms.map(({ name }) => name),
    beganAtMs,
    texts,
    now: clock.now,
  });

  return {
    propose: desk.propose,
    forget: desk.forget,
    errands: [
      { name: 'week', when: `0 ${REPORT_HOUR} * * 1`, run: week },
      { name: 'announce', when: '23 * * * *', run: announce },
    ],
    async run(until) {
      const first = [announce, week].map((errand) =>
        errand().catch((error: unknown) => log.error('errand.failed', { error })),
      );
      await Promise.all([
        ...first,
        desk.run(until),
        readLetters({
          ...shared,
          urls: ours,
          from: author.pubkey,
          verifier,
          take: desk.receive,
          shelf: store.keyv('letter-settled'),
        }),
      ]);
    },
  };
}
