import type { UserFromGetMe } from 'grammy/types';
import type { Invocation } from '../../command/invocation.ts';
import { type Texts, textsFor } from '../../text/texts.ts';
import type { Body, Host, Platform } from '../platform.ts';
import { createAdmitting, type Question, type Refusal } from './admitting.ts';
import { createAskingBack, isPerson } from './asking-back.ts';
import { type Call, callOf } from './call.ts';
import { destinationOf, type Standing, type Where } from './chat.ts';
import { createCleanUp, type SetupShelf } from './clean-up.ts';
import type { Calls } from './client.ts';
import type { Editor } from './edit.ts';
import { faultOf } from './fault.ts';
import { type Asked, CLEAN_UP, type Incoming } from './incoming.ts';
import type { Manages } from './managers.ts';
import { placeOf } from './place.ts';
import type { Questions } from './questions.ts';
import { createSaying, type SayingParts, unquoted } from './saying.ts';
import { showTyping } from './typing.ts';

/** Ends what was asked. */
const CANCEL = 'cancel';

export interface AnsweringParts extends SayingParts {
  readonly calls: Calls;
  readonly editor: Editor;
  readonly manages: Manages;
  readonly questions: Questions;
  readonly setup: SetupShelf;
  readonly rendered: Platform['rendered'];
  readonly host: Pick<Host, 'menu' | 'admit' | 'answer' | 'form' | 'readerFor' | 'tidied'>;
  readonly self: UserFromGetMe;
  readonly now: () => number;
}

type OldPress = Extract<Incoming, { readonly type: 'old-press' }>;
type Words = Extract<Incoming, { readonly type: 'words' }>;

/** Answers a command, words or a press, in the chat where they came from. Throws only what nobody thought of. */
export type Answering = (question: Question | OldPress | Words) => Promise<void>;

export function createAnswering(parts: AnsweringParts): Answering {
  const { calls, editor, questions, rendered, host, self, log } = parts;
  const say = createSaying(parts);
  const { askerOf, refusalOf } = createAdmitting(parts);
  const askingBack = createAskingBack(parts);
  const cleanUp = createCleanUp({ ...parts, shelf: parts.setup });

  return async (came) => {
    if (came.type === 'old-press') {
      const { id, language } = came.asker;
      const { platform } = textsFor(await chosen(id, language));
      return acknowledge(came.queryId, { text: platform.oldButton, show_alert: true });
    }
    const question = came.type === 'words' ? await askingBack.meant(came) : came;
    if (!question) return undefined;
    const { asked } = question;
    const language = await chosen(asked.askerId, asked.language);
    const spoken = { ...asked, language, reported: asked.language };
    return answer({ ...question, asked: spoken }, came.type === 'command');
  };

  /** The language that somebody chose, or else the one of their app. */
  async function chosen(asker: number, reported: string): Promise<string> {
    const { language } = await host.readerFor(destinationOf(asker), reported);
    return language;
  }

  async function answer(question: Question, isCommand: boolean): Promise<void> {
    const refusal = await refusalOf(question);
    if (refusal) return turnAway(question, refusal);
    if (question.type === 'press' && question.asked.command === CLEAN_UP) return tidy(question);
    // Before the answer: until then the button spins, and Telegram waits for seconds only.
    if (question.type === 'press') await acknowledge(question.queryId, {});
    const { asked } = question;
    const where = whereOf(question);
    // Whoever asks for something else has something else in mind.
    const isOver = isCommand && (await questions.drop(asked));
    if (isOver && asked.command === CANCEL) return tell(textsFor(asked.language).suggest.cancelled, where);
    const invocation = await invocationOf(asked);
    const form = isPerson(asked) ? await host.form(invocation) : undefined;
    if (form) return askingBack.ask(form, asked, where);
    const typing = showTyping(calls, where, asked.kind, log);
    try {
      const { document, to, language = asked.language } = await host.answer(invocation);
      const texts = textsFor(language);
      const shown = cleanUp.withButton(document, asked, language);
      const bodies = await rendered(shown, 'classic', undefined, language);
      const aside = to === 'asker' ? asideOf(asked) : undefined;
      await cleanUp.note(asked, isCommand, await show(question, bodies, where, aside, texts));
    } finally {
      typing.stop();
    }
  }

  /** The message that was pressed on is gone when it is said. */
  async function tidy({ queryId, asked }: Extract<Question, { type: 'press' }>): Promise<void> {
    try {
      await acknowledge(queryId, { text: await cleanUp.clean(asked) });
      await host.tidied?.(destinationOf(asked.chat.id, asked.topic));
    } catch (error) {
      const { reason } = faultOf(error);
      log.warn('answer.lost', { chat: asked.chat.id, reason });
      await acknowledge(queryId, { text: textsFor(asked.language).platform.failed, show_alert: true });
    }
  }

  async function tell(sentence: string, where: Where): Promise<void> {
    await say({ type: 'text', text: sentence, entities: [] }, where, undefined);
  }

  /** Said to the asker alone, and once. Where that is impossible, in a group or a channel, nothing is said. */
  async function turnAway(question: Question, { sentence, first }: Refusal): Promise<void> {
    if (question.type === 'press')
      await acknowledge(question.queryId, first ? { text: sentence, show_alert: true } : {});
    else if (first && question.asked.kind === 'private') await tell(sentence, whereOf(question));
  }

  async function acknowledge(callback_query_id: string, alert: object): Promise<void> {
    try {
      await calls.answerCallbackQuery({ callback_query_id, ...alert });
    } catch (error) {
      log.debug('press.unacknowledged', { reason: faultOf(error).reason });
    }
  }

  async function invocationOf(asked: Asked): Promise<Invocation> {
    return {
      platform: 'telegram',
      command: asked.command,
      input: asked.input,
      asker: await askerOf(asked),
      place: placeOf(asked, calls, self),
    };
  }

  async function show(
    question: Question,
    bodies: readonly Body[],
    where: Where,
    aside: Where | undefined,
    { platform }: Texts,
  ): Promise<readonly Standing[]> {
    const sorry: Call = { type: 'text', text: platform.failed, entities: [] };
    const replaced = question.type === 'press' && (await replace(question, bodies[0]));
    const { chat, messageId } = question.asked;
    const standings: Standing[] =
      replaced && messageId !== undefined ? [{ chat: chat.id, ids: [messageId] }] : [];
    let next: Where = where;
    for (const [index, body] of bodies.entries()) {
      if (index === 0 && replaced) continue;
      const said = await say(callOf(body), next, aside, sorry);
      if (!said) break;
      standings.push(said.standing);
      next = unquoted(said.where);
    }
    return standings;
  }

  /** Whether the message that was pressed on now says it. */
  async function replace(
    press: Extract<Question, { type: 'press' }>,
    body: Body | undefined,
  ): Promise<boolean> {
    const { chat, messageId } = press.asked;
    if (press.manner === 'add' || messageId === undefined || !body) return false;
    try {
      return (await editor.change({ chat: chat.id, ids: [messageId] }, callOf(body))) !== undefined;
    } catch (error) {
      log.debug('answer.not-replaced', { reason: faultOf(error).reason });
      return false;
    }
  }
}

/** Where to tell somebody alone what can't be said in company, such as that the bot may not write there. */
function asideOf({ kind, askerId }: Asked): Where | undefined {
  return kind === 'group' && askerId > 0 ? { chat_id: askerId } : undefined;
}

/** In company an answer says what it answers. */
function whereOf(question: Question): Where {
  const { chat, kind, topic, directTopic, messageId } = question.asked;
  return {
    chat_id: chat.id,
    ...(topic !== undefined && { message_thread_id: topic }),
    ...(directTopic !== undefined && { direct_messages_topic_id: directTopic }),
    ...(question.type === 'command' &&
      kind === 'group' &&
      messageId !== undefined && {
        reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
      }),
  };
}
