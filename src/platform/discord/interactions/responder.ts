import { InteractionResponseType, MessageFlags, type RawFile, type REST, Routes } from 'discord.js';
import type { Answer, PromptForm, Responder, ShowPreview } from '../../../command/request.ts';
import { textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import { small, text } from '../../../note/document.ts';
import { type ReadyDocument, readySentence, withBlocks } from '../../../note/present/finish.ts';
import type { Body } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { isFormRefused } from '../api/errors.ts';
import { type Message, toEditBody } from '../render/message-forms.ts';
import { editFormsOf, formsOf } from '../render/render.ts';
import { isPrivate, type UserInteraction } from './interaction-context.ts';
import { toModal } from './modal.ts';
import { ownFiles } from './own-files.ts';
import { type Presentation, presentationOf } from './presentation.ts';

export interface ResponderParts {
  readonly rest: REST;
  readonly rendered: (document: ReadyDocument) => Promise<readonly Body[]>;
  /** A post as it would be sent to the channel: its messages, each as the forms to try in order. */
  readonly posted: (
    channel: string,
    post: ReadyDocument,
    style: string,
  ) => Promise<readonly Iterable<readonly Message[]>[]>;
  /** Discord waits 3 s for a first response; answers that take longer than this are deferred. */
  readonly deferAfterMs: number;
  /** Has the pictures that the bot draws; without it, answers have none. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
}

type Call = (message: Message, files: readonly RawFile[]) => Promise<unknown>;

const {
  ChannelMessageWithSource,
  DeferredChannelMessageWithSource,
  DeferredMessageUpdate,
  Modal,
  UpdateMessage,
} = InteractionResponseType;

/** Responds to one interaction: directly if the answer is ready in time, otherwise after a deferral. */
export function createResponder(interaction: UserInteraction, parts: ResponderParts): Responder {
  const { rest, rendered, posted, deferAfterMs, media, log } = parts;
  const webhook = Routes.webhook(interaction.applicationId, interaction.token);
  const original = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
  let accepted: Presentation | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deferred: Promise<unknown> | undefined;
  let placeholder: Promise<unknown> | undefined;

  const callback = (
    type: InteractionResponseType,
    data?: object,
    files: readonly RawFile[] = [],
  ): Promise<unknown> =>
    rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
      auth: false,
      body: { type, data },
      files: [...files],
    });
  const followUp =
    (isHidden: boolean): Call =>
    (message, files) =>
      rest.post(webhook, { auth: false, body: withEphemeralFlag(message, isHidden), files: [...files] });
  const editOriginal: Call = (message, files) =>
    rest.patch(original, { auth: false, body: toEditBody(message, files), files: [...files] });
  const call = async (make: Call, message: Message): Promise<unknown> =>
    make(message, await ownFiles(message, media));

  /** Tells Discord that an answer will follow. Only the first call has an effect. */
  function defer({ replace, hidden }: Presentation): Promise<unknown> {
    deferred ??= replace
      ? callback(DeferredMessageUpdate)
      : callback(DeferredChannelMessageWithSource, { flags: hidden ? MessageFlags.Ephemeral : 0 });
    return deferred;
  }

  /** Only logs a failure: if it is too late or another process has responded, nobody is left to tell. */
  async function deliver(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.warn('answer.lost', { reason: classifyError(error).reason });
    } finally {
      clearTimeout(timer);
    }
  }

  async function show({ document, to }: Answer, presentation: Presentation): Promise<void> {
    const bodies = await limited(document, presentation);
    clearTimeout(timer);
    await deferred;
    const isHidden = presentation.hidden || (presentation.others && to === 'user');
    const isSeparate = isHidden && !presentation.hidden;
    const reply: Call = (message, files) =>
      callback(ChannelMessageWithSource, withEphemeralFlag(message, isHidden), files);
    const update: Call = (message, files) => callback(UpdateMessage, toEditBody(message, files), files);
    const next = followUp(isHidden);
    const [first, ...others] = bodies;
    if (!first) return;
    if (presentation.replace && !isSeparate)
      await firstAccepted(editFormsOf(first), ([message]) => call(deferred ? editOriginal : update, message));
    else if (!deferred) await sendForms(formsOf(first), reply, next);
    else if (!isSeparate) await sendForms(formsOf(first), editOriginal, next);
    else {
      // A public deferral can't become ephemeral: delete it, and send the answer as a follow-up.
      if (!presentation.replace) await rest.delete(original, { auth: false });
      await sendForms(formsOf(first), next, next);
    }
    for (const body of others) await sendForms(formsOf(body), next, next);
  }

  /** All messages, or as many as are allowed, the last of which says where the rest is. */
  async function limited(document: ReadyDocument, { maxMessages }: Presentation): Promise<readonly Body[]> {
    const bodies = await rendered(document);
    if (maxMessages === undefined || bodies.length <= maxMessages) return bodies;
    const buttons = document.blocks.filter(({ type }) => type === 'buttons');
    const { tooLongHere } = textsFor(document.language).discord;
    const [last] = await rendered(withBlocks(document, [small(text(tooLongHere)), ...buttons]));
    return [...bodies.slice(0, maxMessages - 1), ...(last ? [last] : [])];
  }

  /** Sends all messages of the first form that Discord accepts. Returns why the form before it was refused, if any. */
  const sendForms = (
    forms: Iterable<readonly Message[]>,
    first: Call,
    next: Call,
  ): Promise<string | undefined> =>
    firstAccepted(forms, async (form) => {
      for (const [index, message] of form.entries()) await call(index === 0 ? first : next, message);
    });

  async function firstAccepted<Form extends readonly Message[]>(
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

  /** The first follow-up would take the place of a deferral, so a placeholder reserves it for the answer. */
  async function holdPlace(presentation: Presentation, post: ReadyDocument): Promise<void> {
    await defer(presentation);
    if (presentation.replace) return;
    const [body] = await rendered(withBlocks(post, [small(text('…'))]));
    const [[message] = []] = body ? formsOf(body) : [];
    if (message) await editOriginal(message, []);
  }

  const preview: ShowPreview = async (post, style) => {
    const presentation = accepted ?? presentationOf(interaction, { replace: false, to: 'user' });
    try {
      await (placeholder ??= holdPlace(presentation, post));
      let simplified: string | undefined;
      const next = followUp(presentation.others);
      for (const forms of await posted(interaction.channelId ?? '', post, style))
        simplified ??= await sendForms(forms, next, next);
      return simplified === undefined ? { outcome: 'posted' } : { outcome: 'plainer', reason: simplified };
    } catch (error) {
      return { outcome: 'refused', reason: classifyError(error).reason };
    }
  };

  return {
    accept(mode) {
      const presentation = presentationOf(interaction, mode);
      accepted = presentation;
      timer = setTimeout(() => {
        // `show` awaits the same promise and reports its failure.
        defer(presentation).catch(() => undefined);
      }, deferAfterMs);
    },
    answer: (answer) =>
      deliver(() => show(answer, accepted ?? presentationOf(interaction, { replace: false, to: answer.to }))),
    /** Discord requires a response, so rate-limited users can't be ignored: `isFirst` makes no difference. */
    refuse: ({ sentence }) =>
      deliver(() => {
        const mode = { replace: false, to: 'user' } as const;
        const document = readySentence(sentence, interaction.locale);
        return show({ document, to: 'user' }, presentationOf(interaction, mode));
      }),
    // Discord doesn't allow a modal in response to a modal. It must be the first response, within 3 s.
    ...(!interaction.isModalSubmit() && {
      prompt: (form: PromptForm) => deliver(async () => void (await callback(Modal, toModal(form)))),
    }),
    // Not needed in a private chat, where the posts are for the user alone and can be deleted again.
    ...(!isPrivate(interaction) && { preview }),
  };
}

function withEphemeralFlag(message: Message, isHidden: boolean): object {
  return { ...message, flags: (message.flags ?? 0) | (isHidden ? MessageFlags.Ephemeral : 0) };
}
