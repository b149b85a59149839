import type { Letter } from '../relay/fake-author.ts';
import type { FakeInbox } from '../relay/fake-inbox.ts';
import type { Board } from './board.ts';
import { Refused } from './refused.ts';

/** What readers suggest, as the author's client shows it. */
export interface Letters {
  /** Answers one of them. Throws `Refused`. */
  answer(id: string, words: string): Promise<void>;
}

export function createLetters(inbox: FakeInbox, board: Board): Letters {
  const show = ({ id, words, at }: Letter, answer?: string): void =>
    board.put(`letter ${id}`, { type: 'letter', letter: { id, words, at, ...(answer && { answer }) } });
  inbox.on((letter) => show(letter));
  return {
    async answer(id, words) {
      const letter = inbox.letters.find((one) => one.id === id);
      if (!letter) throw new Refused(({ refused }) => refused.messageGone);
      if (!words.trim()) throw new Refused(({ refused }) => refused.replyEmpty);
      await inbox.answer(letter, words.trim());
      show(letter, words.trim());
    },
  };
}
