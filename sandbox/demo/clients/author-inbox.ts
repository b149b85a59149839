import type { ReceivedDm } from '../../relay/fake-author.ts';
import type { FakeDmClient } from '../../relay/fake-dm-client.ts';
import { DemoError } from '../demo-error.ts';
import type { Feed } from '../feed.ts';

/** Readers' suggestions, as shown in the author's client. */
export interface AuthorInbox {
  /** Replies to a suggestion. Throws `DemoError`. */
  answer(id: string, words: string): Promise<void>;
}

export function createAuthorInbox(inbox: FakeDmClient, feed: Feed): AuthorInbox {
  const show = ({ id, words, at }: ReceivedDm, answer?: string): void =>
    feed.put(`letter ${id}`, { type: 'letter', letter: { id, words, at, ...(answer && { answer }) } });
  inbox.on((letter) => show(letter));
  return {
    async answer(id, words) {
      const letter = inbox.messages.find((one) => one.id === id);
      if (!letter) throw new DemoError(({ refused }) => refused.messageGone);
      if (!words.trim()) throw new DemoError(({ refused }) => refused.replyEmpty);
      await inbox.reply(letter, words.trim());
      show(letter, words.trim());
    },
  };
}
