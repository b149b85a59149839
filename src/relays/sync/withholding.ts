import { NOTE_KINDS } from '../../note/event-to-note.ts';
import { isTermination, NEEDS_KEY, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { CapabilityTracker } from './capability-tracker.ts';
import { readPage } from './page-reader.ts';
import { pageFilter } from './relay-capabilities.ts';
import type { VerifiedStream } from './verified-stream.ts';

/**
 * Finds out what a relay withholds. Some leave out whatever only known keys may read, and send EOSE as if that were all:
 * strfry demands authentication only when every kind in a filter is restricted.
 */
export interface WithholdingMonitor {
  /** Asks for each kind alone of which nothing has come. Returns a demand to authenticate, if that draws one. */
  probe(): Promise<Termination | undefined>;
  /** Called after authenticating: the relay may now show what it withheld before. */
  authenticated(isRefused: boolean): void;
  /** What it withholds, as far as is known. */
  termination(): Termination | undefined;
}

export interface WithholdingOptions {
  readonly author: string;
  readonly capabilities: CapabilityTracker;
  /** Kinds of which any other relay has sent something. */
  readonly kindsFromOthers: () => readonly number[];
  readonly slowDown: (termination: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

/** What most authors write. Probed even if no relay has sent any. */
const SHORT_NOTE = 1;

const REASONS = {
  'needs-key': 'shows posts to registered keys only: set BOT_KEY',
  'refuses-key': "shows posts to registered keys only, and ours isn't one",
  withholds: "doesn't show the author's posts, though other relays do",
} as const;

/** What asking for one kind brought: nothing, nothing but a challenge, or a demand to authenticate in words. */
type Outcome = 'nothing' | 'challenged' | 'refused';

export function createWithholdingMonitor(
  stream: VerifiedStream,
  options: WithholdingOptions,
): WithholdingMonitor {
  const { author, capabilities, kindsFromOthers, slowDown, timeouts } = options;
  const outcomes = new Map<number, Outcome>();
  /** Kinds for which it demanded authentication in words. */
  const demanded = new Set<number>();
  let isAuthenticated = false;
  let isKeyRefused = false;

  const isRequested = (kind: number): boolean =>
    capabilities.current().groups.some((group) => group.includes(kind));
  const isShown = (kind: number): boolean => stream.kindsSeen().has(kind);
  const showsNotes = (): boolean => NOTE_KINDS.some(isShown);

  async function ask(kind: number): Promise<Outcome | undefined> {
    const { limit, ...filter } = pageFilter({ authors: [author] }, [kind], capabilities.current());
    const page = await readPage(stream, { ...filter, ...(limit !== undefined && { limit: 1 }) }, timeouts);
    const isChallenged = !isAuthenticated && stream.challenge() !== undefined;
    if (!isTermination(page)) return page.count > 0 ? undefined : isChallenged ? 'challenged' : 'nothing';
    if (page.recovery === 'slow-down') return (await slowDown(page)) ? undefined : ask(kind);
    if (page.recovery === 'authenticate') return 'refused';
    if (page.error === 'refuses-us') return isChallenged ? 'refused' : 'nothing';
    return page.error === 'silent' && isChallenged ? 'challenged' : undefined;
  }

  function withheld(): keyof typeof REASONS | undefined {
    const hidden = [...outcomes.keys(), ...capabilities.current().refused].filter((kind) => !isShown(kind));
    const isShownByOthers = kindsFromOthers().some((kind) => hidden.includes(kind));
    if (hidden.some((kind) => demanded.has(kind))) return isAuthenticated ? 'refuses-key' : 'needs-key';
    if (isKeyRefused && !showsNotes()) return 'refuses-key';
    const isChallenged = hidden.some((kind) => outcomes.get(kind) === 'challenged');
    if (isChallenged && (isShownByOthers || !showsNotes())) return 'needs-key';
    return isShownByOthers && !showsNotes() ? 'withholds' : undefined;
  }

  return {
    async probe() {
      for (const kind of new Set([SHORT_NOTE, ...kindsFromOthers()])) {
        if (!NOTE_KINDS.includes(kind) || !isRequested(kind) || isShown(kind) || outcomes.has(kind)) continue;
        const outcome = await ask(kind);
        if (outcome === undefined) continue;
        // Many relays challenge everybody. For kinds that they may simply not have, that alone says nothing.
        const isMeaningless = outcome === 'challenged' && kind !== SHORT_NOTE && showsNotes();
        outcomes.set(kind, isMeaningless ? 'nothing' : outcome);
        if (outcome === 'refused') demanded.add(kind);
        if (outcome !== 'nothing' && !isMeaningless && !isAuthenticated) return NEEDS_KEY;
      }
      return undefined;
    },
    authenticated(isRefused) {
      isAuthenticated = true;
      isKeyRefused = isRefused;
      outcomes.clear();
    },
    termination() {
      const error = withheld();
      return error && terminationFor(error, REASONS[error]);
    },
  };
}
