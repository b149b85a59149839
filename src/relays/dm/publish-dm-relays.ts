import type { KeyValue } from '../../lib/key-value.ts';
import type { BotKey } from '../bot-key.ts';
import type { Publish } from '../publish.ts';

/** What was published last, and when. Stored as JSON. */
interface PublishedList {
  readonly what: string;
  readonly atMs: number;
}

export interface DmRelayPublisherOptions {
  readonly key: BotKey;
  readonly publish: Publish;
  readonly storage: Pick<KeyValue<PublishedList>, 'get' | 'set'>;
  /** The relays where we read direct messages. */
  readonly inbox: readonly string[];
  /** The relays where the author's client may look for the list. */
  targets(): readonly string[];
  now(): number;
}

const DM_RELAY_LIST_KIND = 10_050;
/** Relays may forget it. */
const REPUBLISH_MS = 7 * 86_400_000;

/**
 * Publishes the list of relays where the bot reads direct messages (NIP-17), if it has changed or a week has passed. To be
 * called regularly.
 */
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
