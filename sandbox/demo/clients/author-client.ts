import { textsFor } from '../../../src/i18n/texts.ts';
import { truncateLine } from '../../../src/lib/truncate-text.ts';
import { documentText } from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { NostrEvent, VerifiedEvent } from '../../../src/note/note.ts';
import { tagValue } from '../../../src/note/pointer.ts';
import type { PostType } from '../../../src/note/post-types.ts';
import type { FakeAuthor } from '../../relay/fake-author.ts';
import type { SandboxRelay } from '../../relay/relay.ts';
import type { AppLanguage } from '../change.ts';
import { DemoError } from '../demo-error.ts';
import type { Feed } from '../feed.ts';

/** The author's Nostr client: signs and publishes notes, and lists them on the page. */
export interface AuthorClient {
  /** Publishes signed events. */
  publish(...events: readonly NostrEvent[]): void;
  /**
   * Signs and publishes a text. `replaces`: id of the article that it is a new version of. `aheadS`: by how many seconds
   * the author's clock is ahead.
   */
  write(text: string, how?: { readonly replaces?: string | undefined; readonly aheadS?: number }): void;
  delete(id: string): void;
}

const ARTICLE = 30_023;
const MAX_HEADLINE = 90;
const MAX_TEXT = 20_000;

export function createAuthorClient(
  author: FakeAuthor,
  relay: SandboxRelay,
  feed: Feed,
  now: () => number,
): AuthorClient {
  const events = new Map<string, NostrEvent>();

  const show = (event: NostrEvent, gone = false): void => {
    const { headline, postType } = described(event);
    const title = tagValue(event, 'title');
    feed.put(`note ${event.id}`, {
      type: 'note',
      note: {
        id: event.id,
        headline,
        postType: nameOf(postType),
        isArticle: event.kind === ARTICLE,
        at: event.created_at,
        ...(title === undefined ? {} : { editable: `# ${title}\n\n${event.content}` }),
        gone,
      },
    });
  };
  const remove = (event: NostrEvent): void => {
    events.delete(event.id);
    show(event, true);
  };
  const known = (id: string): NostrEvent => {
    const event = events.get(id);
    if (!event) throw new DemoError(({ refused }) => refused.noteGone);
    return event;
  };

  function publish(...published: readonly NostrEvent[]): void {
    for (const event of published) {
      relay.publish(event);
      const address = tagValue(event, 'd');
      for (const other of events.values())
        if (address !== undefined && tagValue(other, 'd') === address) remove(other);
      events.set(event.id, event);
      show(event);
    }
  }

  return {
    publish,
    write(text, { replaces, aheadS = 0 } = {}) {
      const words = text.trim();
      if (!words) throw new DemoError(({ refused }) => refused.noteEmpty);
      if (words.length > MAX_TEXT) throw new DemoError(({ refused }) => refused.tooLong);
      const nowS = Math.floor(now() / 1000) + aheadS;
      const before = replaces === undefined ? undefined : known(replaces);
      const [, title, body = ''] = /^# +([^\n]+)\n*([\s\S]*)$/u.exec(words) ?? [];
      if (before && !title) throw new DemoError(({ refused }) => refused.title);
      if (!title) return publish(author.note(words, { createdAt: nowS }));
      const tags = [
        ['d', before ? (tagValue(before, 'd') ?? '') : `article-${nowS}-${events.size}`],
        ['title', title],
      ];
      // The newest version counts (NIP-01), so an edit in the same second needs a later timestamp.
      const createdAt = Math.max(nowS, (before?.created_at ?? 0) + 1);
      return publish(author.note(body.trim(), { kind: ARTICLE, createdAt, tags }));
    },
    delete(id) {
      const event = known(id);
      const createdAt = Math.max(Math.floor(now() / 1000), event.created_at);
      relay.publish(author.deletion([event], { createdAt }));
      remove(event);
    },
  };
}

/** A post type by its name in each language of the page. */
function nameOf(type: PostType): Readonly<Record<AppLanguage, string>> {
  const inLanguage = (language: AppLanguage) => textsFor(language).postTypes[type].one.toLowerCase();
  return { en: inLanguage('en'), zh: inLanguage('zh') };
}

/** The headline of a note in the list. It was signed here and needs no verification. */
function described(event: NostrEvent): { readonly headline: string; readonly postType: PostType } {
  const note = eventToNote(event as VerifiedEvent);
  const words = note?.title ?? truncateLine(documentText(note?.body ?? []), MAX_HEADLINE);
  return { headline: words || (note?.media[0]?.alt ?? ''), postType: note?.postType ?? 'note' };
}
