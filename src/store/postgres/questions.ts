import type { Connection } from './sql.ts';

/** One kind of fact, by what is asked for. */
export interface Question<Key, Answer> {
  (key: Key): Answer;
}

/**
 * Answers to what synchronous rules ask, fetched in batches, because every question to the database is a round trip. What
 * is asked for the first time gets the answer that is given if there is nothing; what was decided with such answers
 * is decided again once they have been fetched, all at once. So the number of round trips depends on how many facts lead to
 * others, not on how much is decided.
 */
export function createQuestions() {
  const kinds: { fetchMissing(on: Connection): Promise<void> }[] = [];
  let isComplete = true;

  /** A kind of fact. `fetch` answers many at once by `idOf` key; it may add answers to what will be asked next. */
  function question<Key, Id, Answer>(
    idOf: (key: Key) => Id,
    none: Answer,
    fetch: (on: Connection, keys: readonly Key[]) => Promise<ReadonlyMap<Id, Answer>>,
  ): Question<Key, Answer> {
    const known = new Map<Id, Answer>();
    const missing = new Map<Id, Key>();
    kinds.push({
      async fetchMissing(on) {
        if (missing.size === 0) return;
        const asked = new Map(missing);
        missing.clear();
        const found = await fetch(on, [...asked.values()]);
        for (const id of asked.keys()) known.set(id, none);
        for (const [id, answer] of found) known.set(id, answer);
      },
    });
    return (key) => {
      const id = idOf(key);
      if (known.has(id)) return known.get(id) as Answer;
      missing.set(id, key);
      isComplete = false;
      return none;
    };
  }

  /** Decides about each item; `decide` may ask questions, and runs again until all are answered. */
  async function decideAll<Item, Decision>(
    on: Connection,
    items: readonly Item[],
    decide: (item: Item) => Decision,
  ): Promise<readonly Decision[]> {
    const decisions: Decision[] = [];
    let open = items.map((item, index) => ({ item, index }));
    while (open.length > 0) {
      open = open.filter(({ item, index }) => {
        isComplete = true;
        decisions[index] = decide(item);
        return !isComplete;
      });
      for (const kind of kinds) await kind.fetchMissing(on);
    }
    return decisions;
  }

  return { question, decideAll };
}
