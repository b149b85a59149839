import { createSubscriptions } from '../delivery/subscriptions.ts';
import { type Job, startJobs } from '../jobs/scheduler.ts';
import { PLATFORM_NAMES } from '../platform/platforms.ts';
import { openAuthorMetadata } from '../relays/author/author-metadata.ts';
import type { RoleWork } from '../roles/role-cycle.ts';
import type { RoleReport } from '../status/fleet.ts';
import { isConnected } from '../status/relay-health.ts';
import type { Lease } from '../store/database.ts';
import { openOperatorAlerts } from './alerts.ts';
import type { Context } from './context.ts';
import { openInbox } from './inbox.ts';
import { startIngest } from './ingest.ts';
import { relayTaskHandler } from './relay-desk.ts';
import { followRelays } from './relays.ts';
import type { SharedParts } from './shared-parts.ts';
import { storageOf } from './storage.ts';

/** Reads from the relays, keeps the archive, and talks to the author and the operator. */
export async function prepareRelayRole(
  shared: SharedParts,
  lease: Lease,
  context: Context,
): Promise<RoleWork> {
  const { config, fleet, errands, outlets, activity } = shared;
  const { log, clock, signal, lifetime } = context;
  const storage = storageOf(lease, shared.storage, context);
  const { store } = storage;
  lifetime.onShutdown(activity.save);
  await activity.resume();
  const author = {
    ...shared.author,
    metadata: await openAuthorMetadata(shared.author.identity.pubkey, store.values.keyv('event')),
  };
  const relays = await followRelays(config, author, storage, context);
  // Those of a platform without a token have no role that would remove them.
  const subscriptions = createSubscriptions({ store: storage.retry.store, wake: () => undefined, log });
  for (const name of PLATFORM_NAMES) if (!config[name]) await subscriptions.applyConfig(name, []);
  const inbox = await openInbox(config, { ...shared, author, store, platforms: outlets.all }, context);
  const alerts = await openOperatorAlerts(config, { ...shared, store }, context);

  const report = (): RoleReport => ({
    relays: relays.states(),
    errors: {
      ...storage.errors(),
      ...(!relays.states().some(isConnected) && {
        relays: 'not connected to any relay that shows the posts',
      }),
    },
    clockOffsetsMs: {},
  });
  fleet.join({ name: 'relay' }, report, signal);

  const jobs: readonly Job[] = [
    { name: 'tidy', cron: '*/5 * * * *', run: () => store.maintain(clock.now()) },
    ...(inbox?.jobs ?? []),
  ];
  return {
    report: () => JSON.stringify(report()),
    start() {
      shared.alerts.current = alerts;
      lifetime.onShutdown(() => (shared.alerts.current = undefined));
      lifetime.run(errands.serve('relay', store, relayTaskHandler(inbox, alerts), signal));
      alerts?.start();
      inbox?.start();
      startIngest(config, { ...shared, storage, author, relays }, context);
      lifetime.onShutdown(startJobs(jobs, { log, clock }));
    },
  };
}
