import type { UserFromGetMe } from 'grammy/types';
import type { Invocation } from '../../../command/invocation.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { withBlocks } from '../../../note/present/finish.ts';
import type { Body, Host, Platform } from '../../platform.ts';
import { classifyError } from '../api/api-errors.ts';
import type { Calls } from '../api/client.ts';
import { destinationOf, type SendTarget, type SentMessages } from '../chat-target.ts';
import { type Outgoing, outgoingOf } from '../render/outgoing.ts';
import type { Editor } from '../send/editor.ts';
import { CLEAN_UP, type CommandRequest, type ParsedUpdate } from '../updates/parse-update.ts';
import { type CommandUpdate, createAccess, type Refusal } from './access.ts';
import type { IsAdmin } from './admin-check.ts';
import { chatOf } from './chat-context.ts';
import type { PromptStore } from './prompts.ts';
import { createPrompts, isPerson } from './prompts.ts';
import { createReplySender, type ReplySenderParts, withoutReply } from './reply-sender.ts';
import { createSetupCleanup, type SetupMessageStorage } from './setup-cleanup.ts';
import { showTyping } from './typing-indicator.ts';

/** Ends what was asked. */
const CANCEL = 'cancel';

export interface CommandHandlerParts extends ReplySenderParts {
  readonly calls: Calls;
  readonly editor: Editor;
  readonly manages: IsAdmin;
  readonly questions: PromptStore;
  readonly setup: SetupMessageStorage;
  readonly rendered: Platform['rendered'];
  readonly host: Pick<Host, 'menu' | 'admit' | 'answer' | 'form' | 'readerFor' | 'tidied'>;
  readonly self: UserFromGetMe;
  readonly now: () => number;
}

type StaleCallback = Extract<ParsedUpdate, { readonly type: 'old-press' }>;
type TextUpdate = Extract<ParsedUpdate, { readonly type: 'words' }>;

/** Answers a command, words or a press, in the chat where they came from. Throws only what nobody thought of. */
export type CommandHandler = (question: CommandUpdate | StaleCallback | TextUpdate) => Promise<void>;

export function createCommandHandler(parts: CommandHandlerParts): CommandHandler {
  const { calls, editor, questions, rendered, host, self, log } = parts;
  const say = createReplySender(parts);
  const { userOf, refusalOf } = createAccess(parts);
  const askingBack = createPrompts(parts);
  const cleanUp = createSetupCleanup({ ...parts, shelf: parts.setup });

  return async (came) => {
    if (came.type === 'old-press') {
      const { id, language } = came.asker;
      const { platform } = textsFor(await chosen(id, language));
      return acknowledge(came.queryId, { text: platform.oldButton, show_alert: true });
    }
    const question = came.type === 'words' ? await askingBack.resolve(came) : came;
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

  async function answer(question: CommandUpdate, isCommand: boolean): Promise<void> {
    const refusal = await refusalOf(question);
    if (refusal) return turnAway(question, refusal);
    if (question.type === 'press' && question.asked.command === CLEAN_UP) return tidy(question);
    // Before the answer: until then the button spins, and Telegram waits for seconds only.
    if (question.type === 'press') await acknowledge(question.queryId, {});
    const { asked } = question;
    const where = replyTarget(question);
    // Whoever asks for something else has something else in mind.
    const isOver = isCommand && (await questions.drop(asked));
    if (isOver && asked.command === CANCEL) return tell(textsFor(asked.language).suggest.cancelled, where);
    const invocation = await invocationOf(asked);
    const form = isPerson(asked) ? await host.form(invocation) : undefined;
    if (form) return askingBack.ask(form, asked, where);
    const typing = showTyping(calls, where, asked.kind, log);
    try {
      const { document, to } = await host.answer(invocation);
      const texts = textsFor(document.language);
      const blocks = cleanUp.withButton(document.blocks, asked, document.language);
      const bodies = await rendered(withBlocks(document, blocks), 'classic');
      const aside = to === 'asker' ? privateFallback(asked) : undefined;
      await cleanUp.record(asked, isCommand, await show(question, bodies, where, aside, texts));
    } finally {
      typing.stop();
    }
  }

  /** The message that was pressed on is gone when it is said. */
  async function tidy({ queryId, asked }: Extract<CommandUpdate, { type: 'press' }>): Promise<void> {
    try {
      await acknowledge(queryId, { text: await cleanUp.clean(asked) });
      await host.tidied?.(destinationOf(asked.chat.id, asked.topic));
    } catch (error) {
      const { reason } = classifyError(error);
      log.warn('answer.lost', { chat: asked.chat.id, reason });
      await acknowledge(queryId, { text: textsFor(asked.language).platform.failed, show_alert: true });
    }
  }

  async function tell(sentence: string, where: SendTarget): Promise<void> {
    await say({ type: 'text', text: sentence, entities: [] }, where, undefined);
  }

  /** Said to the asker alone, and once. Where that is impossible, in a group or a channel, nothing is said. */
  async function turnAway(question: CommandUpdate, { sentence, first }: Refusal): Promise<void> {
    if (question.type === 'press')
      await acknowledge(question.queryId, first ? { text: sentence, show_alert: true } : {});
    else if (first && question.asked.kind === 'private') await tell(sentence, replyTarget(question));
  }

  async function acknowledge(callback_query_id: string, alert: object): Promise<void> {
    try {
      await calls.answerCallbackQuery({ callback_query_id, ...alert });
    } catch (error) {
      log.debug('callback.unacknowledged', { reason: classifyError(error).reason });
    }
  }

  async function invocationOf(asked: CommandRequest): Promise<Invocation> {
    return {
      platform: 'telegram',
      command: asked.command,
      input: asked.input,
      asker: await userOf(asked),
      place: chatOf(asked, calls, self),
    };
  }

  async function show(
    question: CommandUpdate,
    bodies: readonly Body[],
    where: SendTarget,
    aside: SendTarget | undefined,
    { platform }: Texts,
  ): Promise<readonly SentMessages[]> {
    const sorry: Outgoing = { type: 'text', text: platform.failed, entities: [] };
    const replaced = question.type === 'press' && (await replace(question, bodies[0]));
    const { chat, messageId } = question.asked;
    const standings: SentMessages[] =
      replaced && messageId !== undefined ? [{ chat: chat.id, ids: [messageId] }] : [];
    let next: SendTarget = where;
    for (const [index, body] of bodies.entries()) {
      if (index === 0 && replaced) continue;
      const said = await say(outgoingOf(body), next, aside, sorry);
      if (!said) break;
      standings.push(said.standing);
      next = withoutReply(said.where);
    }
    return standings;
  }

  /** Whether the message that was pressed on now says it. */
  async function replace(
    press: Extract<CommandUpdate, { type: 'press' }>,
    body: Body | undefined,
  ): Promise<boolean> {
    const { chat, messageId } = press.asked;
    if (press.manner === 'add' || messageId === undefined || !body) return false;
    try {
      return (await editor.change({ chat: chat.id, ids: [messageId] }, outgoingOf(body))) !== undefined;
    } catch (error) {
      log.debug('answer.edit_failed', { reason: classifyError(error).reason });
      return false;
    }
  }
}

/** Where to tell somebody alone what can't be said in company, such as that the bot may not write there. */
function privateFallback({ kind, askerId }: CommandRequest): SendTarget | undefined {
  return kind === 'group' && askerId > 0 ? { chat_id: askerId } : undefined;
}

/** In company an answer says what it answers. */
function replyTarget(question: CommandUpdate): SendTarget {
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
