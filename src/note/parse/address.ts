import { ADDRESS_BEGINS, addressAt, CJK, serverAt } from './address-at.ts';
import type { Pass } from './scan.ts';
import { hasSecret } from './secrets.ts';

/** Bare web addresses. Ours end where a reader would say they end: not with the sentence's own full stop or bracket. */
export const addresses: Pass = {
  trigger: ADDRESS_BEGINS,
  read(text, at) {
    if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && !CJK.test(text.charAt(at - 1))) return undefined;
    const server = serverAt(text, at);
    if (server && !webUrl(server)) return undefined;
    const written = addressAt(text, at);
    const url = webUrl(written);
    return url ? { end: at + written.length, inlines: [{ type: 'link', url, written }] } : undefined;
  },
};

/**
 * The address in its absolute form (punycode host), or `undefined` where it is not a public web address: other
 * schemes, credentials, hosts without a dot, bare IP addresses, secrets inside. What is refused stays text and is never fetched.
 */
export function webUrl(written: string): string | undefined {
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
