import type { UserFromGetMe } from 'grammy/types';
import type { Invocation } from '../../command/invocation.ts';
import type { Log } from '../../log.ts';
import { type Texts, textsFor } from '../../text/texts.ts';
import type { Body, Host } from '../platform.ts';
import { createAdmitting, type Question, type Refusal } from './admitting.ts';
import { type Call, callOf } from './call.ts';
import { destinationOf, targetOf, type Where } from './chat.ts';
import type { Calls } from './client.ts';
import type { Editor } from './edit.ts';
import { failureOf } from './errors.ts';
import { faultOf } from './fault.ts';
import type { Flood } from './flood.ts';
import type { Asked, Incoming } from './incoming.ts';
import type { Manages } from './managers.ts';
import { placeOf } from './place.ts';
import { fresh, type Put } from './put.ts';
import { render } from './render.ts';
import { showTyping } from './typing.ts';
import type { Wait } from './wait.ts';

/** An answer that has to wait longer than this is as good as lost. */
const MAX_WAIT_MS = 5_000;
const SHORT_WAIT_MS = 1_000;

export interface AnsweringParts {
  readonly calls: Calls;
  readonly put: Put;
  readonly editor: Editor;
  readonly flood: Flood;
  readonly manages: Manages;
  readonly host: Pick<Host, 'menu' | 'admit' | 'answer' | 'readerFor'>;
  readonly self: UserFromGetMe;
  readonly log: Log;
  readonly wait: Wait;
  /** Aborts when waiting is no use any more. */
  readonly signal: AbortSignal;
}

type OldPress = Extract<Incoming, { readonly type: 'old-press' }>;

/** Answers a command or a press, in the chat where it came from. Throws only what nobody thought of. */
export type Answering = (question: Question | OldPress) => Promise<void>;

export function createAnswering(parts: AnsweringParts): Answering {
  const { calls, put, editor, flood, host, self, log, wait, signal } = parts;
  const { askerOf, refusalOf } = createAdmitting(parts);

  return async (question) => {
    if (question.type === 'old-press') {
      const { id, language } = question.asker;
      const { platform } = textsFor(await chosen(id, language));
      return acknowledge(question.queryId, { text: platform.oldButton, show_alert: true });
    }
    const { asked } = question;
    const language = await chosen(asked.askerId, asked.language);
    return answer({ ...question, asked: { ...asked, language } });
  };

  /** The language that somebody chose, or else the one of their app. */
  async function chosen(asker: number, reported: string): Promise<string> {
    const { language } = await host.readerFor(destinationOf(asker), reported);
    return language;
  }

  async function answer(question: Question): Promise<void> {
    const refusal = await refusalOf(question);
    if (refusal) return turnAway(question, refusal);
    // Before the answer: until then the button spins, and Telegram waits for seconds only.
    if (question.type === 'press') await acknowledge(question.queryId, {});
    const { asked } = question;
    const where = whereOf(question);
    const typing = showTyping(calls, where, asked.kind, log);
    try {
      const { document, to, language = asked.language } = await host.answer(await invocationOf(asked));
      const texts = textsFor(language);
      const bodies = render(document, '', undefined, '', texts);
      await show(question, bodies, where, to === 'asker' ? asideOf(asked) : undefined, texts);
    } finally {
      typing.stop();
    }
  }

  /** Said to the asker alone, and once. Where that is impossible, in a group or a channel, nothing is said. */
  async function turnAway(question: Question, { sentence, first }: Refusal): Promise<void> {
    if (question.type === 'press')
      await acknowledge(question.queryId, first ? { text: sentence, show_alert: true } : {});
    else if (first && question.asked.kind === 'private')
      await say({ type: 'text', text: sentence, entities: [] }, whereOf(question), undefined);
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
      input: { line: asked.line },
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
  ): Promise<void> {
    const sorry: Call = { type: 'text', text: platform.failed, entities: [] };
    const replaced = question.type === 'press' && (await replace(question, bodies[0]));
    let next: Where = where;
    for (const [index, body] of bodies.entries()) {
      if (index === 0 && replaced) continue;
      const stands = await say(callOf(body), next, aside, sorry);
      if (!stands) return;
      next = unquoted(stands);
    }
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

  /** `sorry` is said where it can't be. Where it stands: a group that was just changed makes it another chat; `undefined` where it could not be said. */
  async function say(
    call: Call,
    where: Where,
    aside: Where | undefined,
    sorry?: Call,
    tries = 1,
  ): Promise<Where | undefined> {
    try {
      await flood.turn(signal);
      await put(call, where, fresh());
      return where;
    } catch (error) {
      const { kind, afterMs = 0 } = faultOf(error);
      if (kind === 'rate') flood.refused(where.chat_id, afterMs);
      const failure = failureOf(error, true);
      if (tries > 0 && failure.status === 'moved') {
        return say(call, { ...unquoted(where), ...targetOf(failure.to) }, aside, sorry, tries - 1);
      }
      const ms = failure.status === 'retry' ? (failure.afterMs ?? SHORT_WAIT_MS) : MAX_WAIT_MS + 1;
      if (tries > 0 && failure.status === 'retry' && !failure.uncertain && ms <= MAX_WAIT_MS) {
        await wait(ms, signal);
        return say(call, where, aside, sorry, tries - 1);
      }
      if (aside && failure.status === 'unreachable') return say(call, aside, undefined, sorry, tries);
      log.warn('answer.lost', { chat: where.chat_id, status: failure.status, reason: failure.reason });
      if (failure.status === 'rejected' && sorry) await say(sorry, where, undefined, undefined, 0);
      return undefined;
    }
  }
}

/** Where to tell somebody alone what can't be said in company, such as that the bot may not write there. */
function asideOf({ kind, askerId }: Asked): Where | undefined {
  return kind === 'group' && askerId > 0 ? { chat_id: askerId } : undefined;
}

function unquoted(where: Where): Where {
  const { reply_parameters: _, ...rest } = where;
  return rest;
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
