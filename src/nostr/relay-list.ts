/** Relays that left the author's list, and when, in milliseconds since 1970. */
export type Former = Readonly<Record<string, number>>;

export interface RelayListParts {
  /** What was saved last. */
  readonly former: Former;
  readonly save: (former: Former) => Promise<void>;
  readonly keptMs: number;
  readonly now: () => number;
}

/** The relays that strangers name: the author's list, hints, and for some time those that were listed before. */
export interface RelayList {
  /** The best first: listed, hinted, and of the former ones those that left last. */
  wanted(): readonly string[];
  hint(urls: readonly string[]): void;
  /** The author's list as it is now; what stood on it before is former from now on. Settles when that is saved. */
  list(urls: readonly string[]): Promise<void>;
}

/** A list that changes all the time is not to fill the memory. */
const MAX_FORMER = 16;

export function createRelayList({ former: saved, save, keptMs, now }: RelayListParts): RelayList {
  let listed: readonly string[] = [];
  let hinted: readonly string[] = [];
  let former = saved;

  const lasting = (): readonly (readonly [string, number])[] =>
    Object.entries(former)
      .filter(([, leftMs]) => leftMs > now() - keptMs)
      .sort(([, a], [, b]) => b - a);

  return {
    wanted: () => [...new Set([...listed, ...hinted, ...lasting().map(([url]) => url)])],
    hint(urls) {
      hinted = [...new Set([...hinted, ...urls])];
    },
    list(urls) {
      const left = listed.map((url) => [url, now()] as const);
      const kept = [...left, ...lasting()].filter(([url]) => !urls.includes(url));
      former = Object.fromEntries(kept.slice(0, MAX_FORMER));
      listed = urls;
      return save(former);
    },
  };
}
