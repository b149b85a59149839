import { NOTE_KINDS } from '../../note/event-to-note.ts';
import { NEEDS_KEY, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { CapabilityTracker } from './capability-tracker.ts';
import { readPage } from './page-reader.ts';
import { pageFilter } from './relay-capabilities.ts';
import type { VerifiedStream } from './verified-stream.ts';

/**
 * What a relay keeps back on one connection. Some leave out what they show only to those whose key they know, and say
 * EOSE as if that were all: strfry asks for a key only where every kind of a filter is restricted.
 */
export interface WithholdingMonitor {
  /** Asks for kinds of which it has shown nothing, each alone. What asks for the key, where it does. */
  probe(): Promise<Termination | undefined>;
  /** It was shown the key: what it kept back before, it may show now. */
  authenticated(isRefused: boolean): void;
  /** What it keeps back, as far as is known. */
  trouble(): Termination | undefined;
}

export interface WithholdingOptions {
  readonly author: string;
  readonly terms: CapabilityTracker;
  /** Kinds of which any other relay has shown something. */
  readonly shownByOthers: () => readonly number[];
  readonly slowDown: (ending: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

/** What most authors write; asked for also where no relay has shown any. */
const SHORT_NOTE = 1;

const WITHHELD = {
  'needs-key': 'shows posts to registered keys only: set BOT_KEY',
  'refuses-key': "shows posts to registered keys only, and ours isn't one",
  withholds: "doesn't show the author's posts, though other relays do",
} as const;

export function createWithholdingMonitor(
  source: VerifiedStream,
  options: WithholdingOptions,
): WithholdingMonitor {
  const { author, terms, shownByOthers, slowDown, timeouts } = options;
  /** What came of asking for a kind alone: nothing, or that a key is asked for, in words or by a challenge. */
  const outcomes = new Map<number, 'nothing' | 'challenged' | 'refused'>();
  /** Kinds for which the key was asked for in words. */
  const demanded = new Set<number>();
  let hasShownKey = false;
  let isKeyRefused = false;

  const isAsked = (kind: number): boolean => terms.current().groups.some((group) => group.includes(kind));
  const isShown = (kind: number): boolean => source.kindsSeen().has(kind);
  const showsNotes = (): boolean => NOTE_KINDS.some(isShown);

  async function ask(kind: number): Promise<'nothing' | 'challenged' | 'refused' | undefined> {
    const { limit, ...filter } = pageFilter(author, [kind], terms.current());
    const page = await readPage(source, { ...filter, ...(limit !== undefined && { limit: 1 }) }, timeouts);
    const isChallenged = !hasShownKey && source.challenge() !== undefined;
    if (!('remedy' in page)) return page.count > 0 ? undefined : isChallenged ? 'challenged' : 'nothing';
    if (page.remedy === 'slow-down') return (await slowDown(page)) ? undefined : ask(kind);
    if (page.remedy === 'authenticate') return 'refused';
    if (page.error === 'refuses-us') return isChallenged ? 'refused' : 'nothing';
    return page.error === 'silent' && isChallenged ? 'challenged' : undefined;
  }

  function withheld(): keyof typeof WITHHELD | undefined {
    const hidden = [...outcomes.keys(), ...terms.current().refused].filter((kind) => !isShown(kind));
    const others = shownByOthers().some((kind) => hidden.includes(kind));
    if (hidden.some((kind) => demanded.has(kind))) return hasShownKey ? 'refuses-key' : 'needs-key';
    if (isKeyRefused && !showsNotes()) return 'refuses-key';
    if (hidden.some((kind) => outcomes.get(kind) === 'challenged') && (others || !showsNotes()))
      return 'needs-key';
    return others && !showsNotes() ? 'withholds' : undefined;
  }

  return {
    async probe() {
      for (const kind of new Set([SHORT_NOTE, ...shownByOthers()])) {
        if (!NOTE_KINDS.includes(kind) || !isAsked(kind) || isShown(kind) || outcomes.has(kind)) continue;
        const outcome = await ask(kind);
        if (outcome === undefined) continue;
        // Many relays challenge everybody: of what they may just not have, that alone says nothing.
        const isIdle = outcome === 'challenged' && kind !== SHORT_NOTE && showsNotes();
        outcomes.set(kind, isIdle ? 'nothing' : outcome);
        if (outcome === 'refused') demanded.add(kind);
        if (outcome !== 'nothing' && !isIdle && !hasShownKey) return NEEDS_KEY;
      }
      return undefined;
    },
    authenticated(isRefused) {
      hasShownKey = true;
      isKeyRefused = isRefused;
      outcomes.clear();
    },
    trouble() {
      const kind = withheld();
      return kind && terminationFor(kind, WITHHELD[kind]);
    },
  };
}
