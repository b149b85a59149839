import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { quoteIfSafe } from '../lib/secret-patterns.ts';
import { webClientLinks } from '../note/links/web-client-links.ts';
import type { Presenter } from '../note/present/finish.ts';
import { createBoundedLookup } from '../site/bounded-lookup.ts';
import { type SiteServer, startSiteServer } from '../site/http/server.ts';
import { createSite } from '../site/site.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { ResolveReferences } from './relays.ts';
import type { Storage } from './storage.ts';

interface SiteWiring {
  readonly author: FollowedAuthor;
  readonly storage: Storage;
  readonly presenter: Presenter;
  readonly resolve: ResolveReferences;
}

/** Starts the public site, if one is configured. Throws `ConfigError` if it can't listen on the configured address. */
export async function serveSite(
  { site, host, viewer, relayProtected }: Config,
  { author, storage, presenter, resolve }: SiteWiring,
  { log, metrics, clock, lifetime }: Context,
): Promise<SiteServer | undefined> {
  if (!site) return undefined;
  const inClient = webClientLinks(viewer);
  const pages = createSite({
    publicUrl: site.url,
    archive: storage.store.archive,
    author: author.metadata.author,
    presenter,
    resolve: createBoundedLookup(resolve, clock),
    webClientUrl: (code) => inClient(code, true),
    showProtected: relayProtected,
    now: clock.now,
  });
  try {
    const server = await startSiteServer({ host, port: site.port, site: pages, log, metrics, clock });
    lifetime.onShutdown(server.stop);
    log.info('site.listening', { url: server.url, publicUrl: site.url });
    return server;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `HOST, PUBLIC_PORT: can't listen on ${quoteIfSafe(host) ?? 'that host'}, port ${site.port} (${code})`,
    ]);
  }
}
