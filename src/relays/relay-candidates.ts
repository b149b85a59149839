/** Relays that left the author's list, and when, in milliseconds since 1970. */
export type RetiredRelays = Readonly<Record<string, number>>;

export interface RelayCandidatesOptions {
  /** What was saved last. */
  readonly retired: RetiredRelays;
  readonly save: (former: RetiredRelays) => Promise<void>;
  readonly keptMs: number;
  readonly now: () => number;
}

/** The relays that strangers name: the author's list, hints, and for some time those that were listed before. */
export interface RelayCandidates {
  /** The best first: listed, hinted, and of the former ones those that left last. */
  ranked(): readonly string[];
  addHints(urls: readonly string[]): void;
  /** The author's list as it is now; what stood on it before is former from now on. Settles when that is saved. */
  setListed(urls: readonly string[]): Promise<void>;
}

/** A list that changes all the time is not to fill the memory. */
const MAX_RETIRED = 16;

export function createRelayCandidates({
  retired: saved,
  save,
  keptMs,
  now,
}: RelayCandidatesOptions): RelayCandidates {
  let listed: readonly string[] = [];
  let hinted: readonly string[] = [];
  let former = saved;

  const lasting = (): readonly (readonly [string, number])[] =>
    Object.entries(former)
      .filter(([, leftMs]) => leftMs > now() - keptMs)
      .sort(([, a], [, b]) => b - a);

  return {
    ranked: () => [...new Set([...listed, ...hinted, ...lasting().map(([url]) => url)])],
    addHints(urls) {
      hinted = [...new Set([...hinted, ...urls])];
    },
    setListed(urls) {
      const left = listed.map((url) => [url, now()] as const);
      const kept = [...left, ...lasting()].filter(([url]) => !urls.includes(url));
      former = Object.fromEntries(kept.slice(0, MAX_RETIRED));
      listed = urls;
      return save(former);
    },
  };
}
