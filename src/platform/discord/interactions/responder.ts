import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js';
import type { Answer, ShowPreview } from '../../../command/invocation.ts';
import { textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { withTimeout } from '../../../lib/with-timeout.ts';
import { small, text } from '../../../note/document.ts';
import { type ReadyDocument, withBlocks } from '../../../note/present/finish.ts';
import type { Body } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { isFormRefused } from '../api/errors.ts';
import { type Message, toEditBody } from '../render/message-forms.ts';
import { editFormsOf, formsOf } from '../render/render.ts';

/** How an answer is to be shown. */
export interface ResponseMode {
  /** In the place of the message whose button was pressed. */
  readonly replace: boolean;
  /** Only the asker sees what is shown meanwhile: the message pressed on, or the sign that an answer is coming. */
  readonly hidden: boolean;
  /** Answers to the asker alone are hidden from others. Not so where nobody else reads along. */
  readonly others: boolean;
  /** At most so many messages, the last of which says that there is more; without end where it is left out. */
  readonly limit?: { readonly messages: number };
  /** The asker's. */
  readonly language: string;
}

/** The interaction as its endpoints know it. */
export interface InteractionRef {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly channel: string;
}

interface Parts {
  readonly rest: REST;
  readonly rendered: (document: ReadyDocument) => Promise<readonly Body[]>;
  /** A post as it would go to a channel: its messages, each with the forms to try one after the other. */
  readonly posted: (
    channel: string,
    post: ReadyDocument,
    style: string,
  ) => Promise<readonly Iterable<readonly Message[]>[]>;
  /** Discord waits 3 s for a first response; an answer that takes longer than this is announced. */
  readonly deferAfterMs: number;
  readonly log: Log;
}

/** `answer` may show posts before it answers: they come below the answer, whichever way that comes. */
type Responder = (
  ticket: InteractionRef,
  manner: ResponseMode,
  answer: (show: ShowPreview) => Promise<Answer>,
) => Promise<void>;
type Call = (message: Message) => Promise<unknown>;

const { ChannelMessageWithSource, DeferredChannelMessageWithSource, UpdateMessage, DeferredMessageUpdate } =
  InteractionResponseType;

/** Shows an answer: at once where it comes quickly, else after telling Discord that it is coming. Never throws. */
export function createResponder({ rest, rendered, posted, deferAfterMs, log }: Parts): Responder {
  return async (ticket, manner, answer) => {
    let announced: Promise<unknown> | undefined;
    const announceOnce = (): Promise<unknown> => (announced ??= announce(ticket, manner));
    try {
      const rendering = answer(showing(ticket, manner, announceOnce)).then(async (answer) => ({
        answer,
        bodies: await fewest(answer.document, manner.limit),
      }));
      const quick = await withTimeout(deferAfterMs, rendering);
      if (!quick) await announceOnce();
      await announced;
      await show(ticket, manner, await rendering, announced !== undefined);
    } catch (error) {
      // Too late, or answered by another process: there is nobody left to tell.
      log.warn('answer.lost', { reason: classifyError(error).reason });
    }
  };

  function announce(ticket: InteractionRef, { replace, hidden }: ResponseMode): Promise<unknown> {
    const flags = hidden ? MessageFlags.Ephemeral : 0;
    return replace
      ? callback(ticket, DeferredMessageUpdate)
      : callback(ticket, DeferredChannelMessageWithSource, { flags });
  }

  /** What follows an announcement takes its place, so that stands for the answer until then. */
  function showing(
    ticket: InteractionRef,
    manner: ResponseMode,
    announceOnce: () => Promise<unknown>,
  ): ShowPreview {
    let placeheld: Promise<unknown> | undefined;
    const followUp: Call = (message) =>
      rest.post(Routes.webhook(ticket.applicationId, ticket.token), {
        auth: false,
        body: withEphemeralFlag(message, manner.others),
      });
    async function hold(post: ReadyDocument): Promise<void> {
      await announceOnce();
      if (manner.replace) return;
      const [body] = await rendered(withBlocks(post, [small(text('…'))]));
      const [[message] = []] = body ? formsOf(body) : [];
      if (message) await rest.patch(original(ticket), { auth: false, body: toEditBody(message) });
    }
    return async (post, style) => {
      try {
        await (placeheld ??= hold(post));
        let simplified: string | undefined;
        for (const forms of await posted(ticket.channel, post, style))
          simplified ??= await descend(forms, followUp, followUp);
        return simplified === undefined ? { outcome: 'posted' } : { outcome: 'plainer', reason: simplified };
      } catch (error) {
        return { outcome: 'refused', reason: classifyError(error).reason };
      }
    };
  }

  async function show(
    ticket: InteractionRef,
    manner: ResponseMode,
    { answer, bodies }: { readonly answer: Answer; readonly bodies: readonly Body[] },
    announced: boolean,
  ): Promise<void> {
    const secret = manner.hidden || (manner.others && answer.to === 'asker');
    const aside = secret && !manner.hidden;
    const replaces = manner.replace && !aside;
    const followUp: Call = (message) =>
      rest.post(Routes.webhook(ticket.applicationId, ticket.token), {
        auth: false,
        body: withEphemeralFlag(message, secret),
      });
    const editOriginal: Call = (message) =>
      rest.patch(original(ticket), { auth: false, body: toEditBody(message) });
    const reply: Call = (message) =>
      callback(ticket, ChannelMessageWithSource, withEphemeralFlag(message, secret));
    const update: Call = (message) => callback(ticket, UpdateMessage, toEditBody(message));

    for (const [index, body] of bodies.entries()) {
      const isFirst = index === 0;
      if (!isFirst) await descend(formsOf(body), followUp, followUp);
      else if (replaces)
        await firstTaken(editFormsOf(body), ([message]) => (announced ? editOriginal : update)(message));
      else if (!announced) await descend(formsOf(body), reply, followUp);
      else if (!aside) await descend(formsOf(body), editOriginal, followUp);
      else {
        // Whether the sign that an answer is coming is hidden can't be changed: it goes, and the answer comes apart.
        if (!manner.replace) await rest.delete(original(ticket), { auth: false });
        await descend(formsOf(body), followUp, followUp);
      }
    }
  }

  /** All of it, or as much as there may be, ending with where the rest is. */
  async function fewest(document: ReadyDocument, limit: ResponseMode['limit']): Promise<readonly Body[]> {
    const bodies = await rendered(document);
    if (!limit || bodies.length <= limit.messages) return bodies;
    const ways = document.blocks.filter(({ type }) => type === 'buttons');
    const { tooLongHere } = textsFor(document.language).discord;
    const [last] = await rendered(withBlocks(document, [small(text(tooLongHere)), ...ways]));
    return [...bodies.slice(0, limit.messages - 1), ...(last ? [last] : [])];
  }

  /** The first form that is taken; its further messages follow the first one. Why the form before was refused, if one was. */
  function descend(
    forms: Iterable<readonly Message[]>,
    first: Call,
    next: Call,
  ): Promise<string | undefined> {
    return firstTaken(forms, async (form) => {
      for (const [index, message] of form.entries()) await (index === 0 ? first : next)(message);
    });
  }

  async function firstTaken<Form extends readonly Message[]>(
    forms: Iterable<Form>,
    attempt: (form: Form) => Promise<unknown>,
  ): Promise<string | undefined> {
    let refusal: unknown;
    let reason: string | undefined;
    for (const form of forms) {
      try {
        await attempt(form);
        return reason;
      } catch (error) {
        refusal = error;
        const failure = classifyError(error);
        if (!isFormRefused(failure, form)) break;
        ({ reason } = failure);
        log.warn('message.refused', { reason: failure.reason });
      }
    }
    throw refusal;
  }

  function callback(
    { id, token }: InteractionRef,
    type: InteractionResponseType,
    data?: object,
  ): Promise<unknown> {
    return rest.post(Routes.interactionCallback(id, token), { auth: false, body: { type, data } });
  }
}

function original({ applicationId, token }: InteractionRef): ReturnType<typeof Routes.webhookMessage> {
  return Routes.webhookMessage(applicationId, token, '@original');
}

function withEphemeralFlag(message: Message, secret: boolean): object {
  return { ...message, flags: (message.flags ?? 0) | (secret ? MessageFlags.Ephemeral : 0) };
}
