import type { Log } from '../../lib/log.ts';
import { NOTE_KINDS } from '../../note/event-to-note.ts';
import type { Author, VerifiedEvent } from '../../note/note.ts';
import { authorFromProfile } from '../author/profile.ts';
import { createRelayAccess } from '../relay-access.ts';
import { normalizeRelayUrl } from '../relay-url.ts';
import { TIMEOUTS } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';
import { createRelayQueries } from './one-shot-query.ts';

/** What relays tell about an author at a glance. */
export interface AuthorPreview {
  readonly author: Author;
  readonly newest?: VerifiedEvent;
  /** How many of the relays answered at all. */
  readonly answered: number;
}

export interface AuthorPreviewOptions {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  /** The operator's relays, which may be anywhere. */
  readonly trusted: readonly string[];
  /** Relays that the author's identifier names. */
  readonly hints: readonly string[];
  readonly log: Log;
  /** Ends the search; what was found by then counts. */
  readonly signal: AbortSignal;
}

/** Asks all relays at once for an author's profile and newest note, and takes the newest of each. Never rejects. */
export async function previewAuthor(
  pubkey: string,
  { verifier, trusted, hints, log, signal }: AuthorPreviewOptions,
): Promise<AuthorPreview> {
  const { isAllowed, lookupOf } = createRelayAccess(trusted);
  const query = createRelayQueries({ verifier, timeouts: TIMEOUTS, log, lookupOf, signal });
  const timeUp = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const newestOf = async (url: string, kinds: readonly number[]) => {
    const filter = { authors: [pubkey], kinds: [...kinds], limit: 1 };
    const matches = (event: { readonly pubkey: string; readonly kind: number }): boolean =>
      event.pubkey === pubkey && kinds.includes(event.kind);
    return Promise.race([query(url, { filter, matches }), timeUp]);
  };
  const own = trusted.flatMap((url) => normalizeRelayUrl(url) ?? []);
  const relays = [...new Set([...hints.filter(isAllowed), ...own])];
  const answers = await Promise.all(
    relays.map(async (url) => Promise.all([newestOf(url, [0]), newestOf(url, NOTE_KINDS)])),
  );
  const newest = (which: 0 | 1): VerifiedEvent | undefined =>
    answers
      .flatMap((answer) => (answer[which]?.status === 'found' ? [answer[which].event] : []))
      .sort((a, b) => b.created_at - a.created_at)[0];
  const isAnswered = (status: string | undefined): boolean => status === 'found' || status === 'none';
  const note = newest(1);
  return {
    author: authorFromProfile(pubkey, newest(0)),
    ...(note && { newest: note }),
    answered: answers.filter((answer) => answer.some((one) => isAnswered(one?.status))).length,
  };
}
