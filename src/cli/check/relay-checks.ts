import type { Config } from '../../config/config.ts';
import { textsFor } from '../../i18n/texts.ts';
import { type Finding, failed, ok, warning } from '../../lib/finding.ts';
import type { Log } from '../../lib/log.ts';
import { isPrivateUrl } from '../../lib/private-addresses.ts';
import { formatTime } from '../../note/dates/format-times.ts';
import type { VerifiedEvent } from '../../note/note.ts';
import { type ResolvedAuthor, resolveAuthorIdentifier } from '../../relays/author/author-identifier.ts';
import { authorFromProfile, parseRelayList } from '../../relays/author/profile.ts';
import { probeRelay, type RelayFacts } from '../../relays/probe.ts';
import { createRelayAccess } from '../../relays/relay-access.ts';
import { MAX_UNTRUSTED_RELAYS } from '../../relays/relay-pool.ts';
import { normalizeRelayUrl } from '../../relays/relay-url.ts';
import { createVerifier } from '../../relays/verify.ts';

/** For all questions to one relay. */
const PROBE_MS = 30_000;

export interface RelayReport {
  readonly author: readonly Finding[];
  /** By address. */
  readonly relays: ReadonlyMap<string, readonly Finding[]>;
}

interface Tools {
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
}

type Probed = { readonly url: string } & ({ readonly facts: RelayFacts } | { readonly error: string });

/** Asks every relay that would be followed about the author: those configured first, then those that the author's list names. */
export async function checkRelays(config: Config, tools: Tools): Promise<RelayReport> {
  const { fetch, log, signal, now } = tools;
  let author: ResolvedAuthor;
  try {
    author = await resolveAuthorIdentifier(config.author, { fetch, signal });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      author: [failed(reason, 'Check AUTHOR, or use the npub instead of the address.')],
      relays: new Map(),
    };
  }
  const verifier = await createVerifier({ now, log });
  const { isAllowed, lookupOf } = createRelayAccess(config.relays);
  const probe = async (url: string): Promise<Probed> => {
    const deadline = AbortSignal.timeout(PROBE_MS);
    try {
      return {
        url,
        facts: await probeRelay(url, {
          author: author.pubkey,
          verifier,
          log,
          signal: AbortSignal.any([signal, deadline]),
          lookup: lookupOf(url),
        }),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { url, error: deadline.aborted ? `needs more than ${PROBE_MS / 1_000} s to answer` : reason };
    }
  };
  const normalized = (urls: readonly string[]): readonly string[] => [
    ...new Set(urls.flatMap((url) => normalizeRelayUrl(url) ?? [])),
  ];
  const named = normalized([...config.relays, ...author.relays]).filter(isAllowed);
  const first = await Promise.all(named.map(probe));
  const list = newest(first.flatMap((one) => ('facts' in one ? (one.facts.relayList ?? []) : [])));
  const listed = list ? parseRelayList(list) : [];
  const further = normalized(listed)
    .filter((url) => !named.includes(url) && isAllowed(url))
    .slice(0, MAX_UNTRUSTED_RELAYS);
  const probed = [...first, ...(await Promise.all(further.map(probe)))];
  const nowMs = now();
  return {
    author: authorFindings(author.pubkey, probed, nowMs),
    relays: new Map(probed.map((one) => [one.url, [relayFinding(one, config.botKey !== undefined, nowMs)]])),
  };
}

function newest(events: readonly VerifiedEvent[]): VerifiedEvent | undefined {
  return events.toSorted((a, b) => b.created_at - a.created_at)[0];
}

function authorFindings(pubkey: string, probed: readonly Probed[], nowMs: number): readonly Finding[] {
  const facts = probed.flatMap((one) => ('facts' in one ? [one.facts] : []));
  const { name, unnamed, npub } = authorFromProfile(
    pubkey,
    newest(facts.flatMap(({ profile }) => profile ?? [])),
  );
  const newestNote = newest(facts.flatMap((one) => one.newest ?? []));
  if (!newestNote)
    return [
      failed(
        `no relay has a note of ${unnamed ? npub : `${name} (${npub})`}`,
        'Check AUTHOR; then set RELAYS to relays that the author writes to.',
      ),
    ];
  const age = ago(newestNote.created_at, nowMs);
  if (unnamed)
    return [
      warning(
        `${npub} has no name on these relays; newest note ${age}`,
        'Add a relay to RELAYS that has the profile.',
      ),
    ];
  return [ok(`${name} (${npub}); newest note ${age}`)];
}

function relayFinding(probed: Probed, hasBotKey: boolean, nowMs: number): Finding {
  if ('error' in probed) {
    const where = isPrivateUrl(probed.url) ? ' It is in a private network: is it running?' : '';
    return failed(probed.error, `If it stays so, take it out of RELAYS.${where}`);
  }
  const { newest: note, oldestAtS, supportsNegentropy, wantsKey } = probed.facts;
  const sync = supportsNegentropy ? 'NIP-77' : 'no NIP-77, so catching up takes longer';
  if (wantsKey && !note && !hasBotKey)
    return warning(
      'shows nothing to strangers (NIP-42)',
      'Set BOT_KEY, so that Postrider can say who it is.',
    );
  if (!note || oldestAtS === undefined)
    return warning(
      `has none of the author's notes; ${sync}`,
      'It does no harm, and no good: take it out of RELAYS.',
    );
  return ok(`newest note ${ago(note.created_at, nowMs)}, oldest ${dateOf(oldestAtS)}; ${sync}`);
}

const dateOf = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 10);

const ago = (at: number, nowMs: number): string =>
  formatTime({ at, style: 'ago' }, textsFor('en'), 'UTC', nowMs);
