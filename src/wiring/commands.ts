import { createCallbackStore } from '../command/callback-store.ts';
import type { Audience, Command, InstallLinks } from '../command/command.ts';
import { createRequestHandler } from '../command/request-handler.ts';
import { createGreeting } from '../command/views/greeting.ts';
import type { Config } from '../config/config.ts';
import type { Subscriptions } from '../delivery/subscriptions.ts';
import { createTestPosts } from '../delivery/test-posts.ts';
import type { OwnPictures } from '../media/own-pictures.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { Host, Platform } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Fleet } from '../status/fleet.ts';
import type { StatusReport } from '../status/report.ts';
import type { Stats } from '../store/stats.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { RelayDesk } from './relay-desk.ts';
import type { ResolveReferences } from './relays.ts';
import type { Storage } from './storage.ts';

interface HostParts {
  readonly commands: readonly Command[];
  readonly storage: Storage;
  readonly author: FollowedAuthor;
  readonly platform: Platform;
  /** All that are configured. */
  readonly platformNames: readonly PlatformName[];
  readonly subscriptions: Subscriptions;
  readonly report: StatusReport;
  readonly fleet: Fleet;
  readonly relayDesk: RelayDesk;
  /** Drops whatever is in memory about these destinations where they are delivered to. */
  forgetDeliveries(destinations: readonly string[]): Promise<void>;
  pseudonymOf(user: string): string;
  readonly presenter: Presenter;
  readonly pictures: OwnPictures;
  readonly resolve: ResolveReferences;
}

/** The program as a platform sees it: commands, subscriptions and greetings. */
export function createHost(
  { breakingHashtag }: Config,
  {
    commands,
    storage: { store },
    author,
    platform,
    platformNames,
    subscriptions,
    report,
    fleet,
    relayDesk,
    forgetDeliveries,
    pseudonymOf,
    presenter,
    pictures,
    resolve,
  }: HostParts,
  { log, clock }: Context,
): Host {
  const { identity, metadata, verifier } = author;
  const { finish } = presenter;
  const samplePoster = createTestPosts({
    platforms: [platform],
    storage: store.values.keyv('trial'),
    finish,
    clock,
  });
  const handler = createRequestHandler(commands, {
    log,
    callbacks: createCallbackStore(store.values.keyv('press'), pseudonymOf),
    now: clock.steady,
    finishNote: presenter.finishNote,
    program: {
      archive: store.archive,
      hasBreaking: breakingHashtag !== undefined,
      samplePoster,
      installLinks: () => installLinks(fleet),
      author: metadata.author,
      present: async (note, texts) => presenter.present(note, texts, await resolve(note)),
      finish,
      status: report.status,
      audience: () => audienceOf(platformNames, store.stats, clock.now()),
      drawPicture: pictures.draw,
      verify: (event) => verifier.verify(event, { author: identity.pubkey }),
      now: clock.now,
      random: Math.random,
      subscriptions,
      userStorage: store.values.keyv('reader'),
      // Memory before the store, so that nothing is written back.
      async forget(user, own) {
        await relayDesk.forget(user, own);
        await forgetDeliveries(own);
        await subscriptions.forget(user, [...own, pseudonymOf(user)]);
      },
      ...(relayDesk.suggest && { submitSuggestion: relayDesk.suggest }),
    },
  });
  const { destinationLost, destinationRestored, destinationMoved, suspendedDestinations } = subscriptions;
  const greetingFor = createGreeting({
    archive: store.archive,
    subscriptions,
    author: metadata.author,
    finish,
    greeted: store.values.keyv('greeted'),
  });
  return {
    ...handler,
    destinationLost,
    destinationRestored,
    destinationMoved,
    suspendedDestinations,
    greetingFor,
  };
}

/** The invitation links that the platforms have reported so far. */
function installLinks(fleet: Pick<Fleet, 'states'>): InstallLinks {
  return Object.fromEntries(
    fleet
      .states()
      .flatMap(({ role, report }) => (report.link === undefined ? [] : [[role.name, report.link]])),
  );
}

const AUDIENCE_PERIOD_MS = 30 * 86_400_000;

async function audienceOf(
  platforms: readonly PlatformName[],
  stats: Stats,
  nowMs: number,
): Promise<Readonly<Partial<Record<PlatformName, Audience>>>> {
  const counted = platforms.map(
    async (name) => [name, await stats.ofPlatform(name, nowMs - AUDIENCE_PERIOD_MS, nowMs)] as const,
  );
  return Object.fromEntries(await Promise.all(counted));
}
