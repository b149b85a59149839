import { startJobs } from '../jobs/scheduler.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { RoleWork } from '../roles/role-cycle.ts';
import { isDelivering, type Role } from '../roles/role-names.ts';
import type { RoleReport } from '../status/fleet.ts';
import type { Lease } from '../store/database.ts';
import { createHost } from './commands.ts';
import type { Context } from './context.ts';
import { openDelivery } from './delivery.ts';
import { createPlatform } from './platforms.ts';
import { createRelayDesk } from './relay-desk.ts';
import type { SharedParts } from './shared-parts.ts';
import { storageOf } from './storage.ts';

/** Serves a platform: brings it the posts, and answers commands there. Of several with shards, only the first delivers. */
export async function preparePlatformRole(
  shared: SharedParts,
  name: PlatformName,
  { role, lease }: { readonly role: Role; readonly lease: Lease },
  context: Context,
): Promise<RoleWork> {
  const { config, errands, outlets, fleet, activity, logins } = shared;
  const { log, clock, signal, lifetime, serverClock } = context;
  const { database } = shared.storage;
  const storage = storageOf(lease, shared.storage, context);
  const { store } = storage;
  lifetime.onShutdown(activity.save);
  const platform = createPlatform(name, config, { ...shared, database, role, lease }, context);
  const delivery = await openDelivery(config, { ...shared, platform, storage, database, lease }, context);
  const { subscriptions } = delivery;
  const host = createHost(
    config,
    {
      ...shared,
      storage,
      platform,
      platformNames: shared.platforms,
      subscriptions,
      relayDesk: createRelayDesk(config, errands, store),
      forgetDeliveries: (own) => outlets.forget(name, own, store),
    },
    context,
  );

  function report(): RoleReport {
    const error = delivery.error() ?? platform.error();
    const obstacle = delivery.isHalted() ? 'refused' : platform.obstacle?.();
    const link = platform.installLink?.();
    const offsetMs = serverClock.offsetsMs().get(name);
    return {
      errors: { ...storage.errors(), ...(error !== undefined && { [name]: error }) },
      ...(obstacle && { obstacle }),
      ...(link !== undefined && { link }),
      clockOffsetsMs: offsetMs === undefined ? {} : { [name]: offsetMs },
    };
  }
  fleet.join(role, report, signal);

  return {
    report: () => JSON.stringify(report()),
    start() {
      lifetime.onShutdown(platform.stop);
      logins.add({ platform, host, signal });
      if (!isDelivering(role)) return;
      lifetime.run(outlets.serve(platform, store, delivery.forget, signal));
      delivery.start();
      const probe = { name: 'probe', cron: '7 * * * *', run: () => subscriptions.probe(name) };
      lifetime.onShutdown(startJobs([probe], { log, clock }));
    },
  };
}
