import { decode } from 'nostr-tools/nip19';
import { parseBoundedJson } from '../../lib/bounded-json.ts';
import { quoteIfSafe } from '../../lib/secret-patterns.ts';
import { normalizeRelayUrl } from '../relay-url.ts';

/** Whom to follow, and where to find them. */
export interface ResolvedAuthor {
  /** 64 hex digits. */
  readonly pubkey: string;
  /** Relay hints (nprofile, NIP-05): at most `MAX_HINTS`, without duplicates. */
  readonly relays: readonly string[];
}

export interface ResolveOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** 5 s by default. */
  readonly timeoutMs?: number;
}

const MAX_HINTS = 8;
const MAX_DOCUMENT_BYTES = 65_536;
const HEX = /^[0-9a-f]{64}$/i;
// NIP-05: the name consists of a-z0-9-_., in any case.
const NIP05_ADDRESS = /^([a-z0-9._-]{1,64})@((?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}(?::\d{1,5})?)$/i;

const EXPECTED = 'an npub, nprofile, hex key (64 digits) or NIP-05 address (name@example.com)';

/** Whether the text may identify an author, without looking anything up. */
export function isAuthorIdentifier(text: string): boolean {
  return authorIdentifierProblem(text) === undefined;
}

/** What is wrong with the text, as a clause for the operator; undefined if nothing. Never repeats a secret. */
export function authorIdentifierProblem(text: string): string | undefined {
  const written = text.trim();
  if (/(^|:)nsec1/i.test(written))
    return 'this is a secret key (nsec): keep it to yourself, Postrider never needs it. Use the npub';
  if (NIP05_ADDRESS.test(written) || parseKey(written)) return undefined;
  return `${quoteIfSafe(written) ?? 'this'} is not ${EXPECTED}`;
}

/**
 * Resolves the text to an author. Only a NIP-05 address takes a request: one, over https, without redirects. Rejects with
 * an Error whose message is a clause for the operator.
 */
export async function resolveAuthorIdentifier(
  text: string,
  options: ResolveOptions,
): Promise<ResolvedAuthor> {
  const problem = authorIdentifierProblem(text);
  if (problem !== undefined) throw new Error(problem);
  const known = parseKey(text.trim());
  if (known) return known;
  const [, name = '', domain = ''] = NIP05_ADDRESS.exec(text.trim()) ?? [];
  return lookUpNip05(name.toLowerCase(), domain.toLowerCase(), options);
}

function parseKey(written: string): ResolvedAuthor | undefined {
  if (HEX.test(written)) return { pubkey: written.toLowerCase(), relays: [] };
  const code = written.replace(/^nostr:/i, '').toLowerCase();
  if (!/^n(pub|profile)1/.test(code)) return undefined;
  try {
    const decoded = decode(code);
    if (decoded.type === 'npub') return { pubkey: decoded.data, relays: [] };
    if (decoded.type === 'nprofile')
      return { pubkey: decoded.data.pubkey, relays: relayHints(decoded.data.relays) };
  } catch {
    // Mistyped, or cut off.
  }
  return undefined;
}

async function lookUpNip05(name: string, domain: string, options: ResolveOptions): Promise<ResolvedAuthor> {
  const address = `${name}@${domain}`;
  const url = `https://${domain}/.well-known/nostr.json?name=${encodeURIComponent(name)}`;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs ?? 5_000)]);
  const failure = (why: string, cause?: unknown): Error =>
    new Error(`can't look up ${address}: ${why}`, { cause });
  let document: unknown;
  try {
    // NIP-05: "fetchers MUST ignore any HTTP redirects".
    const response = await options.fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json' },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw failure(response.status < 400 ? `${domain} redirects` : `${domain} answered ${response.status}`);
    }
    document = parseBoundedJson(await readBounded(response));
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("can't look up")) throw error;
    options.signal.throwIfAborted();
    if (signal.aborted) throw failure(`${domain} didn't answer in time`, error);
    if (error instanceof SyntaxError) throw failure(`${domain} didn't answer with JSON`, error);
    if (error instanceof RangeError) throw failure(`${domain}'s answer is too large`, error);
    throw failure(`${domain} can't be reached`, error);
  }
  const pubkey = field(field(document, 'names'), name);
  if (typeof pubkey !== 'string' || !HEX.test(pubkey)) throw failure(`${domain} doesn't know ${name}`);
  const relays = field(field(document, 'relays'), pubkey);
  return { pubkey: pubkey.toLowerCase(), relays: relayHints(Array.isArray(relays) ? relays : []) };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_DOCUMENT_BYTES) throw new RangeError(`More than ${MAX_DOCUMENT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function relayHints(texts: readonly unknown[] = []): readonly string[] {
  const urls = texts.flatMap((text) => (typeof text === 'string' ? (normalizeRelayUrl(text) ?? []) : []));
  return [...new Set(urls)].slice(0, MAX_HINTS);
}
