import { normalizeURL } from 'nostr-tools/utils';

/** A relay's address in its one normalized form; undefined if it isn't a `ws:` or `wss:` address. */
export function normalizeRelayUrl(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^wss?:$/.test(url.protocol) || !url.hostname || url.username || url.password)
    return undefined;
  return text.length > 2_048 ? undefined : normalizeURL(url.href);
}
