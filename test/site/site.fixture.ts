import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { authorNamed, type FakeAuthor } from '../../sandbox/relay/fake-author.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Author, NostrEvent, VerifiedEvent } from '../../src/note/note.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../../src/note/references/references.ts';
import type { SiteLimits } from '../../src/site/http/server.ts';
import { startSiteServer } from '../../src/site/http/server.ts';
import { createSite } from '../../src/site/site.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { testPresenter } from '../ready.fixture.ts';

export const wren: FakeAuthor = authorNamed('Wren');
/** 1 March 2026, noon. */
export const NOW_S = Date.UTC(2026, 2, 1, 12) / 1000;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

export interface SiteOptions {
  readonly publicUrl?: string;
  readonly author?: Partial<Author>;
  readonly knowledge?: ResolvedReferences;
  readonly showProtected?: boolean;
  readonly limits?: Partial<SiteLimits>;
  readonly path?: string;
  /** Wraps the archive, to make it fail. */
  readonly archive?: (store: Store) => Store['archive'];
}

/** A site over HTTP with these events in a real database, at noon of 1 March 2026. */
export async function openSite(events: readonly NostrEvent[], options: SiteOptions = {}) {
  const clock = { nowMs: NOW_S * 1000, now: () => clock.nowMs, steady: () => clock.nowMs };
  const store = openStore({
    path: options.path ?? ':memory:',
    log: silentLog,
    noteFrom: eventToNote,
    now: clock.now,
  });
  const archive = async (some: readonly NostrEvent[]): Promise<void> => {
    const notes = some.flatMap((event) => eventToNote(event as VerifiedEvent) ?? []);
    await store.journal.accept(notes.map((note) => ({ note, news: false })));
  };
  await archive(events);
  const publicUrl = options.publicUrl ?? 'https://notes.example/';
  const author = (): Author => ({
    pubkey: wren.pubkey,
    npub: wren.npub,
    name: 'Wren',
    about: 'Writes about tides.',
    picture: 'https://pictures.example/wren.jpg',
    ...options.author,
  });
  const site = createSite({
    publicUrl,
    archive: options.archive?.(store) ?? store.archive,
    presenter: testPresenter({ publicUrl, author }),
    author,
    resolve: async () => options.knowledge ?? NOTHING_RESOLVED,
    webClientUrl: (code) => `https://njump.me/${code}`,
    showProtected: options.showProtected ?? false,
    now: clock.now,
  });
  const metrics = createMetrics(clock);
  const server = await startSiteServer({
    host: '127.0.0.1',
    port: 0,
    site,
    log: silentLog,
    metrics,
    clock,
    limits: { each: { count: 100_000, perMs: 1_000 }, ...options.limits },
  });
  async function stop(): Promise<void> {
    await server.stop();
    await store.close();
  }
  return {
    store,
    site,
    clock,
    metrics,
    stop,
    url: server.url,
    publicUrl,
    archive,
    /** Sends the target as it is, dots and all. */
    ask: (target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Reply> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(server.url);
        const sent = request({ hostname, port, path: target, method, headers, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const body = Buffer.concat(chunks);
            const { statusCode = 0 } = response;
            resolve({ status: statusCode, headers: response.headers, body, text: body.toString() });
          });
        });
        sent.on('error', reject).end();
      }),
  };
}

/** The same, stopped at the end of the test. */
export async function siteWith(events: readonly NostrEvent[], options: SiteOptions = {}) {
  const site = await openSite(events, options);
  onTestFinished(site.stop);
  return site;
}
