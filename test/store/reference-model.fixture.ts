import type { PostType } from '../../src/note/post-types.ts';
import type { JournalEntry } from '../../src/store/journal.ts';

interface Version {
  readonly id: string;
  readonly at: number;
}

interface ModelEntry extends JournalEntry {
  readonly postType?: PostType;
}

export interface ModelDestination {
  types: readonly PostType[];
  state: 'active' | 'suspended' | 'gone';
  position: number;
  dueAt: number;
  begun: number | undefined;
  /** The version each part shows, by key. */
  readonly delivered: Map<string, string[]>;
}

/** What the store promises about journal, positions and receipts, without optimization: every destination considers every entry. */
export function createModel() {
  const archive = new Map<string, Version>();
  const buried = new Map<string, number>();
  const journal: ModelEntry[] = [];
  const destinations = new Map<string, ModelDestination>();

  const append = (action: JournalEntry['action'], key: string, postType?: PostType) =>
    journal.push({ seq: journal.length + 1, action, key, ...(postType ? { postType } : {}) });
  const follow = (action: 'replace' | 'delete', key: string): void => {
    const last = journal.findLast((entry) => entry.key === key);
    if (last && last.action !== 'delete') append(action, key);
  };

  function wants(destination: ModelDestination, entry: ModelEntry): boolean {
    const undone = journal.some(
      ({ seq, key, action }) => seq > entry.seq && key === entry.key && action === 'delete',
    );
    const delivered = destination.delivered.get(entry.key) ?? [];
    if (entry.action === 'post') return !undone && destination.types.some((type) => type === entry.postType);
    if (entry.action === 'delete') return delivered.length > 0;
    const newest = archive.get(entry.key)?.id;
    return (
      !undone &&
      delivered.length > 0 &&
      (destination.begun === entry.seq || delivered.some((id) => id !== newest))
    );
  }

  return {
    destinations,
    head: () => journal.length,
    newest: (key: string) => archive.get(key)?.id,
    accept(key: string, version: Version, postType: PostType, news: boolean): void {
      const current = archive.get(key);
      if (current?.id === version.id || (buried.get(key) ?? -1) >= version.at) return;
      if (current && current.at >= version.at) return;
      archive.set(key, version);
      if (current) follow('replace', key);
      else if (news) append('post', key, postType);
    },
    delete(key: string, until: number): void {
      buried.set(key, Math.max(buried.get(key) ?? -1, until));
      const current = archive.get(key);
      if (!current || current.at > until) return;
      archive.delete(key);
      follow('delete', key);
    },
    /** The next entry that the destination wants. */
    next: (destination: ModelDestination): ModelEntry | undefined =>
      journal.find((entry) => entry.seq > destination.position && wants(destination, entry)),
  };
}
