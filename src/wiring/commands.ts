import { openPseudonyms } from '../author-inbox/pseudonym.ts';
import { createCallbackStore } from '../command/callback-store.ts';
import type { Audience, Command } from '../command/command.ts';
import { createRequestHandler } from '../command/request-handler.ts';
import { createGreeting } from '../command/views/greeting.ts';
import type { Config } from '../config/config.ts';
import { createTestPosts } from '../delivery/test-posts.ts';
import type { OwnPictures } from '../media/own-pictures.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { Host, Platform } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { StatusReport } from '../status/report.ts';
import type { Stats } from '../store/stats.ts';
import type { WiredAlerts } from './alerts.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { WiredDelivery } from './delivery.ts';
import type { WiredInbox } from './inbox.ts';
import { installLinks } from './platforms.ts';
import type { ResolveReferences } from './relays.ts';
import type { Storage } from './storage.ts';

interface HostParts {
  readonly commands: readonly Command[];
  readonly storage: Storage;
  readonly author: FollowedAuthor;
  readonly platforms: readonly Platform[];
  readonly delivery: WiredDelivery;
  readonly report: StatusReport;
  /** Without it there is no `/suggest`. */
  readonly inbox: WiredInbox | undefined;
  readonly alerts: WiredAlerts | undefined;
  readonly presenter: Presenter;
  readonly pictures: OwnPictures;
  readonly resolve: ResolveReferences;
}

/** The program as the platforms see it: commands, subscriptions and greetings. */
export async function createHost(
  { breakingHashtag }: Config,
  {
    commands,
    storage: { store },
    author,
    platforms,
    delivery,
    report,
    inbox,
    alerts,
    presenter,
    pictures,
    resolve,
  }: HostParts,
  { log, clock }: Context,
): Promise<Host> {
  const { identity, metadata, verifier } = author;
  const { subscriptions } = delivery;
  const { finish } = presenter;
  const pseudonymOf = await openPseudonyms(store.values.keyv('setting'));
  const samplePoster = createTestPosts({ platforms, storage: store.values.keyv('trial'), finish, clock });
  const handler = createRequestHandler(commands, {
    log,
    callbacks: createCallbackStore(store.values.keyv('press'), pseudonymOf),
    now: clock.steady,
    finishNote: presenter.finishNote,
    program: {
      archive: store.archive,
      hasBreaking: breakingHashtag !== undefined,
      samplePoster,
      installLinks: () => installLinks(platforms),
      author: metadata.author,
      present: async (note, texts) => presenter.present(note, texts, await resolve(note)),
      finish,
      status: report.status,
      audience: () => audienceOf(platforms, store.stats, clock.now()),
      drawPicture: pictures.draw,
      verify: (event) => verifier.verify(event, { author: identity.pubkey }),
      now: clock.now,
      random: Math.random,
      subscriptions,
      userStorage: store.values.keyv('reader'),
      // Memory before the store, so that nothing is written back.
      async forget(user, own) {
        await inbox?.forget(user);
        await delivery.forget(own);
        alerts?.forget(own);
        await subscriptions.forget(user, [...own, pseudonymOf(user)]);
      },
      ...(inbox && { submitSuggestion: inbox.suggest }),
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

const AUDIENCE_PERIOD_MS = 30 * 86_400_000;

async function audienceOf(
  platforms: readonly Pick<Platform, 'name'>[],
  stats: Stats,
  nowMs: number,
): Promise<Readonly<Partial<Record<PlatformName, Audience>>>> {
  const counted = platforms.map(
    async ({ name }) => [name, await stats.ofPlatform(name, nowMs - AUDIENCE_PERIOD_MS, nowMs)] as const,
  );
  return Object.fromEntries(await Promise.all(counted));
}
