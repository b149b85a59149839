import type { BotKey } from '../bot-key.ts';
import type { Publish } from '../publish.ts';

/** When what was last published. */
export interface PublishedListStorage {
  get(key: string): Promise<{ readonly what: string; readonly atMs: number } | undefined>;
  set(key: string, announced: { readonly what: string; readonly atMs: number }): Promise<unknown>;
}

export interface DmRelayPublisherOptions {
  readonly key: BotKey;
  readonly publish: Publish;
  readonly storage: PublishedListStorage;
  /** Where letters to us are read. */
  readonly inbox: readonly string[];
  /** Where the author's client may look for that. */
  targets(): readonly string[];
  now(): number;
}

const DM_RELAY_LIST_KIND = 10_050;
/** Relays forget. */
const REPUBLISH_MS = 7 * 86_400_000;

/** Says where letters to the bot are to be left (NIP-17): where that has changed, and every week. To be called now and then. */
export function createDmRelayPublisher(parts: DmRelayPublisherOptions): () => Promise<void> {
  const { key, publish, storage, inbox, targets, now } = parts;
  return async () => {
    const urls = targets();
    const what = JSON.stringify([key.pubkey, inbox, urls]);
    const last = await storage.get('inbox-list');
    if (last?.what === what && now() - last.atMs < REPUBLISH_MS) return;
    const list = key.sign({
      kind: DM_RELAY_LIST_KIND,
      created_at: Math.floor(now() / 1000),
      tags: inbox.map((url) => ['relay', url]),
      content: '',
    });
    const kept = await publish(list, urls);
    if (kept.length > 0) await storage.set('inbox-list', { what, atMs: now() });
  };
}
