import type { Pass } from './inline-scanner.ts';
import { hasSecret } from './secrets.ts';
import { matchServer, matchUrl, URL_START } from './url-matcher.ts';

/**
 * Bare web URLs, even glued to a word. They end where a reader would say they do: the sentence's own full stop or
 * bracket isn't included.
 */
export const bareUrls: Pass = {
  trigger: URL_START,
  read(text, at) {
    const server = matchServer(text, at);
    if (server && !parseWebUrl(server)) return undefined;
    const written = matchUrl(text, at);
    const url = parseWebUrl(written);
    return url ? { end: at + written.length, inlines: [{ type: 'link', url, written }] } : undefined;
  },
};

/**
 * The absolute form (punycode host), or `undefined` if it is not a public web URL: other schemes, credentials, hosts
 * without a dot, bare IP addresses, secrets inside. What is refused stays text and is never fetched.
 */
export function parseWebUrl(written: string): string | undefined {
  if (!URL.canParse(written) || hasSecret(written)) return undefined;
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.username || url.password) return undefined;
  const host = url.hostname.replace(/\.$/u, '');
  if (
    !host.includes('.') ||
    /^[\d.]+$|^\[/u.test(host) ||
    /\.(?:local|internal|localhost|onion)$/u.test(host)
  )
    return undefined;
  return url.href;
}
