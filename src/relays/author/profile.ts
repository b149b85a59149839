import { npubEncode } from 'nostr-tools/nip19';
import { parseBoundedJson } from '../../lib/bounded-json.ts';
import type { Author, VerifiedEvent } from '../../note/note.ts';
import { normalizeRelayUrl } from '../relay-url.ts';
import { sanitizeLine, sanitizeText } from '../sanitize-text.ts';

const MAX_NAME = 80;
const MAX_ABOUT = 1_000;
const MAX_URL = 2_048;
const MAX_NIP05 = 200;
const NIP05 = /^([^\s@]+)@([^\s@]+)$/;
/** NIP-65 recommends two to four of each kind. */
const MAX_RELAYS = 20;
const MAX_SERVERS = 10;

/**
 * The author as described by the profile (kind 0), or just by the key if there is none. Profiles hold anything: whatever
 * isn't text, is too long, or isn't an http address is left out.
 */
export function authorFromProfile(pubkey: string, profile?: VerifiedEvent): Author {
  const fields = profile?.kind === 0 && profile.pubkey === pubkey ? parseProfile(profile.content) : {};
  const npub = npubEncode(pubkey);
  const name = nameIn(fields);
  const about = sanitizeText(fields['about'], MAX_ABOUT);
  const picture = webAddress(fields['picture']);
  const website = webAddress(fields['website']);
  const nip05 = sanitizeLine(fields['nip05'], MAX_NIP05);
  return {
    pubkey,
    npub,
    ...(name === undefined
      ? { name: `${npub.slice(0, 10)}…${npub.slice(-4)}`, unnamed: true as const }
      : { name }),
    ...(about && { about }),
    ...(picture && { picture }),
    ...(website && { website }),
    ...(NIP05.test(nip05) && { nip05 }),
  };
}

/** The name in a profile (kind 0), on one line; undefined if there is none. */
export function profileName(profile: VerifiedEvent): string | undefined {
  return profile.kind === 0 ? nameIn(parseProfile(profile.content)) : undefined;
}

function nameIn(fields: Readonly<Record<string, unknown>>): string | undefined {
  const name = ['display_name', 'displayName', 'name', 'username']
    .map((field) => sanitizeLine(fields[field], MAX_NAME))
    .find(Boolean);
  if (name !== undefined) return name;
  const [, local, domain] = NIP05.exec(sanitizeLine(fields['nip05'], MAX_NIP05)) ?? [];
  // NIP-05: `_@domain` stands for the domain itself.
  return local === '_' ? domain : local;
}

/** The relays in a list (kind 10002) that its author writes to or reads, in order, without duplicates (NIP-65). */
export function parseRelayList(list: VerifiedEvent, use: 'write' | 'read' = 'write'): readonly string[] {
  if (list.kind !== 10_002) return [];
  return relaysIn(list, ([name, , marker = '']) => name === 'r' && (marker === '' || marker === use));
}

/** The relays in a list (kind 10050) where its author receives direct messages, in order, without duplicates (NIP-17). */
export function parseDmRelayList(list: VerifiedEvent): readonly string[] {
  return list.kind === 10_050 ? relaysIn(list, ([name]) => name === 'relay') : [];
}

function relaysIn(list: VerifiedEvent, isMeant: (tag: readonly string[]) => boolean): readonly string[] {
  const urls = list.tags.flatMap((tag) => (isMeant(tag) ? (normalizeRelayUrl(tag[1] ?? '') ?? []) : []));
  return [...new Set(urls)].slice(0, MAX_RELAYS);
}

/** The media servers in a list (kind 10063), in order, without duplicates (NIP-B7). */
export function parseMediaServerList(list: VerifiedEvent): readonly string[] {
  if (list.kind !== 10_063) return [];
  const urls = list.tags.flatMap(([name, url]) => (name === 'server' ? (webAddress(url) ?? []) : []));
  return [...new Set(urls)].slice(0, MAX_SERVERS);
}

function parseProfile(content: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseBoundedJson(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Even if some client wrote nonsense, the author has a key.
    return {};
  }
}

function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL) return undefined;
  const text = value.trim();
  // People put "example.com" into the field.
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && !url.username
    ? url.href
    : undefined;
}
