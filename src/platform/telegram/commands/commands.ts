import type { UserFromGetMe } from 'grammy/types';
import type { UserRequest } from '../../../command/request.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { destinationOf } from '../chat-target.ts';
import type { ParsedUpdate, UpdateContext } from '../updates/parse-update.ts';
import type { IsAdmin } from './admin-check.ts';
import { chatOf } from './chat-context.ts';
import { createPrompts, type PromptStore } from './prompts.ts';
import { createReplySender, type ReplySenderParts } from './reply-sender.ts';
import { type CommandUpdate, createResponder, type ResponderParts } from './responder.ts';
import { createSetupCleanup, type SetupMessageStorage } from './setup-cleanup.ts';

export interface CommandHandlerParts
  extends ReplySenderParts,
    Omit<ResponderParts, 'sendReply' | 'prompts' | 'cleanup'> {
  readonly isAdmin: IsAdmin;
  readonly promptStore: PromptStore;
  readonly setupMessages: SetupMessageStorage;
  readonly host: Pick<Host, 'handle'>;
  readonly self: UserFromGetMe;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type CommandHandler = (
  update: CommandUpdate | Extract<ParsedUpdate, { readonly type: 'text' }>,
) => Promise<void>;

/** Plain text in a private chat runs this, unless it answers a prompt: it can't be meant for anybody else. */
const DEFAULT_COMMAND = 'search';

/** Passes commands, buttons and text on to the host, each with a responder. */
export function createCommandHandler(parts: CommandHandlerParts): CommandHandler {
  const { calls, host, isAdmin, promptStore, self, log } = parts;
  const sendReply = createReplySender(parts);
  const prompts = createPrompts({ ...parts, store: promptStore });
  const cleanup = createSetupCleanup({ ...parts, store: parts.setupMessages });

  return async (update) => {
    const command = update.type === 'text' ? await commandFor(update) : update;
    if (!command) return;
    await host.handle(
      toRequest(command),
      createResponder(command, { ...parts, sendReply, prompts, cleanup }),
    );
  };

  async function commandFor({
    context,
    text: line,
    repliesTo,
  }: Extract<ParsedUpdate, { readonly type: 'text' }>): Promise<CommandUpdate | undefined> {
    const prompted = await promptStore.takeAnswered(context, repliesTo);
    if (prompted === undefined && context.kind !== 'private') return undefined;
    return {
      type: 'command',
      context,
      command: prompted ?? DEFAULT_COMMAND,
      input: { line },
      isAddressed: true,
    };
  }

  function toRequest(update: CommandUpdate): UserRequest {
    const { context } = update;
    const { userId, language, kind, isManager } = context;
    const id = destinationOf(userId);
    const base = {
      platform: 'telegram',
      user: {
        id,
        language,
        isManager: isManager === 'unknown' ? () => managesNow(context) : isManager,
        // A private chat has the same id as its user.
        ...(userId > 0 && { inbox: id }),
      },
      chat: (texts) => chatOf(context, calls, self, texts),
    } satisfies Partial<UserRequest>;
    if (update.type === 'callback')
      return {
        ...base,
        type: 'callback',
        token: update.token,
        // Every subscriber can use a button in a channel, and all of them would see the result.
        ...(kind === 'channel' && { managersOnly: ({ telegram }) => telegram.notInChannels }),
      };
    const { command, input, isAddressed } = update;
    return { ...base, type: 'command', command, input, isAddressed };
  }

  /** If the lookup fails, the user isn't treated as a manager. */
  async function managesNow({ chat, userId }: UpdateContext): Promise<boolean> {
    try {
      return await isAdmin(chat.id, userId);
    } catch (error) {
      log.warn('user.unknown', { chat: chat.id, reason: classifyError(error).reason });
      return false;
    }
  }
}
