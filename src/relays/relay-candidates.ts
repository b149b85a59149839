/** Relays that have left the author's list, and when, in milliseconds since 1970. Stored as JSON. */
export type RetiredRelays = Readonly<Record<string, number>>;

export interface RelayCandidatesOptions {
  /** As saved last. */
  readonly retired: RetiredRelays;
  readonly save: (former: RetiredRelays) => Promise<void>;
  readonly keptMs: number;
  readonly now: () => number;
}

/** Relays that strangers name: the author's list, hints, and for some time those that used to be listed. */
export interface RelayCandidates {
  /** Best first: listed, hinted, then retired, the most recently listed first. */
  ranked(): readonly string[];
  addHints(urls: readonly string[]): void;
  /** Replaces the author's list; whatever was only on the old one is retired. Settles once that is saved. */
  setListed(urls: readonly string[]): Promise<void>;
}

/** A list that keeps changing must not fill the memory. */
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
