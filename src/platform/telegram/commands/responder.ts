import type { Answer, Responder, ResponseMode } from '../../../command/request.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { withBlocks } from '../../../note/present/finish.ts';
import type { Body, Platform } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import { type Outgoing, outgoingOf } from '../render/outgoing.ts';
import type { Editor } from '../send/editor.ts';
import type { ParsedUpdate, UpdateContext } from '../updates/parse-update.ts';
import type { Prompts } from './prompts.ts';
import { type ReplySenderParts, type SendReply, withoutReply } from './reply-sender.ts';
import type { SetupCleanup } from './setup-cleanup.ts';
import { showTyping } from './typing-indicator.ts';

/** A command or a button. */
export type CommandUpdate = Extract<ParsedUpdate, { readonly type: 'command' | 'callback' }>;

export interface ResponderParts extends Pick<ReplySenderParts, 'log'> {
  readonly calls: Calls;
  readonly editor: Editor;
  readonly rendered: Platform['renderAsync'];
  readonly sendReply: SendReply;
  readonly prompts: Prompts;
  readonly cleanup: SetupCleanup;
}

/** Answers one command or button in the chat it came from. */
export function createResponder(update: CommandUpdate, parts: ResponderParts): Responder {
  const { calls, editor, rendered, sendReply, prompts, cleanup, log } = parts;
  const { context } = update;
  const { chat, kind, messageId } = context;
  const target = replyTarget(update);
  let mode: ResponseMode | undefined;
  let typing: ReturnType<typeof showTyping> | undefined;
  let acknowledged: Promise<void> | undefined;

  /** Stops the button's spinner, once. Telegram accepts this for a few seconds only. */
  async function acknowledge(alert: object = {}): Promise<void> {
    if (update.type !== 'callback') return;
    acknowledged ??= calls.answerCallbackQuery({ callback_query_id: update.queryId, ...alert }).then(
      () => undefined,
      (error: unknown) => log.debug('callback.unacknowledged', { reason: classifyError(error).reason }),
    );
    await acknowledged;
  }

  async function show({ document, to }: Answer): Promise<void> {
    const { blocks, language } = document;
    const isSetup = mode?.isSetup === true && kind !== 'private';
    const content = isSetup ? withBlocks(document, cleanup.withButton(blocks, language)) : document;
    const bodies = await rendered(content, 'classic');
    const fallback = to === 'user' ? privateFallback(context) : undefined;
    const sent = await send(bodies, fallback, textsFor(language));
    if (isSetup) await cleanup.record(context, update.type === 'command', sent);
  }

  async function send(
    bodies: readonly Body[],
    fallback: SendTarget | undefined,
    { platform }: Texts,
  ): Promise<readonly SentMessages[]> {
    const apology: Outgoing = { type: 'text', text: platform.failed, entities: [] };
    const replaced = await replaceWith(bodies[0]);
    const sent: SentMessages[] = replaced ? [replaced] : [];
    let next = target;
    for (const body of replaced ? bodies.slice(1) : bodies) {
      const reply = await sendReply(outgoingOf(body), next, fallback, apology);
      if (!reply) break;
      sent.push(reply.sent);
      next = withoutReply(reply.where);
    }
    return sent;
  }

  /** Edits the message with the button to show the body. `undefined` if that isn't possible. */
  async function replaceWith(body: Body | undefined): Promise<SentMessages | undefined> {
    if (!mode?.replace || messageId === undefined || !body) return undefined;
    const pressed: SentMessages = { chat: chat.id, ids: [messageId] };
    try {
      return (await editor.change(pressed, outgoingOf(body))) === undefined ? undefined : pressed;
    } catch (error) {
      log.debug('answer.edit_failed', { reason: classifyError(error).reason });
      return undefined;
    }
  }

  return {
    accept(how) {
      mode = how;
      void acknowledge();
      typing = showTyping(calls, target, kind, log);
    },
    async answer(answer) {
      await acknowledge();
      try {
        await show(answer);
      } finally {
        typing?.stop();
      }
    },
    /** Only the user sees it, once. Commands in groups and channels get no answer, since everybody would see it. */
    async refuse({ sentence, isFirst }) {
      await acknowledge(isFirst ? { text: sentence, show_alert: true } : {});
      if (update.type === 'command' && isFirst && kind === 'private')
        await sendReply({ type: 'text', text: sentence, entities: [] }, target, undefined);
    },
    ...(canBePrompted(context) && {
      async prompt(form, texts) {
        await acknowledge();
        await prompts.ask(form, context, target, texts);
      },
    }),
    cancelPrompt: () => prompts.drop(context),
    /** By the time the notification appears, the message with the button is deleted. */
    async cleanUp(texts) {
      try {
        await acknowledge({ text: await cleanup.clean(context, texts) });
        return true;
      } catch (error) {
        log.warn('answer.lost', { chat: chat.id, reason: classifyError(error).reason });
        await acknowledge({ text: texts.platform.failed, show_alert: true });
        return false;
      }
    },
  };
}

/** Channels and anonymous admins can't answer a prompt. */
const canBePrompted = ({ kind, userId }: UpdateContext): boolean => kind !== 'channel' && userId > 0;

/** Where to send an answer if the group can't get it, for instance because the bot may not post there. */
const privateFallback = ({ kind, userId }: UpdateContext): SendTarget | undefined =>
  kind === 'group' && userId > 0 ? { chat_id: userId } : undefined;

/** In groups, an answer quotes the command. */
function replyTarget({ type, context }: CommandUpdate): SendTarget {
  const { chat, kind, topic, directTopic, messageId } = context;
  return {
    chat_id: chat.id,
    ...(topic !== undefined && { message_thread_id: topic }),
    ...(directTopic !== undefined && { direct_messages_topic_id: directTopic }),
    ...(type === 'command' &&
      kind === 'group' &&
      messageId !== undefined && {
        reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
      }),
  };
}
