import type { Form } from '../../command/form.ts';
import type { Log } from '../../log.ts';
import { shortened } from '../../note/shortened.ts';
import { textsFor } from '../../text/texts.ts';
import type { Question } from './admitting.ts';
import { withoutLiveWords } from './automatic-links.ts';
import type { Where } from './chat.ts';
import type { Calls } from './client.ts';
import { faultOf } from './fault.ts';
import type { Flood } from './flood.ts';
import type { Asked, Incoming } from './incoming.ts';
import type { Questions } from './questions.ts';
import { plain } from './styled.ts';

/** Characters of what stands in an empty field (Bot API, `ForceReply`). */
const MAX_HINT = 64;

export interface AskingBackParts {
  readonly calls: Pick<Calls, 'sendMessage'>;
  readonly flood: Flood;
  readonly questions: Questions;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a command still needs is asked for in the chat: the next words there are the answer. */
export interface AskingBack {
  /** What words are for: what was asked for before, or in private a search. */
  meant(words: Extract<Incoming, { readonly type: 'words' }>): Promise<Question | undefined>;
  /** The app opens a reply to it. */
  ask(form: Form, asked: Asked, where: Where): Promise<void>;
}

export function createAskingBack({ calls, flood, questions, log, signal }: AskingBackParts): AskingBack {
  return {
    async meant({ asked, repliesTo }) {
      const command = await questions.answered(asked, repliesTo);
      if (command === undefined && asked.kind !== 'private') return undefined;
      return { type: 'command', asked: { ...asked, command: command ?? asked.command } };
    },
    async ask({ command, question, hint }, asked, where) {
      const { cancel } = textsFor(asked.language).suggest;
      const isPrivate = asked.kind === 'private';
      // The author's name is in it, which may hold what calls somebody.
      const { text } = withoutLiveWords(plain(question));
      try {
        await flood.turn(signal);
        const { message_id: messageId } = await calls.sendMessage({
          ...where,
          text: isPrivate ? `${text}\n${cancel}` : text,
          reply_markup: {
            force_reply: true,
            selective: !isPrivate,
            input_field_placeholder: shortened(hint, MAX_HINT),
          },
        });
        await questions.put(asked, { command, messageId });
      } catch (error) {
        log.warn('answer.lost', { chat: where.chat_id, reason: faultOf(error).reason });
      }
    },
  };
}

/** Channels and anonymous administrators can't be asked anything. */
export const isPerson = ({ kind, askerId }: Asked): boolean => kind !== 'channel' && askerId > 0;
