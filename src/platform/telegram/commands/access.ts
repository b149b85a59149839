import type { Admission, User } from '../../../command/invocation.ts';
import { textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/api-errors.ts';
import { destinationOf } from '../chat-target.ts';
import { CLEAN_UP, type CommandRequest, type ParsedUpdate } from '../updates/parse-update.ts';
import type { IsAdmin } from './admin-check.ts';

export type CommandUpdate = Extract<ParsedUpdate, { readonly type: 'command' | 'press' }>;
export type Refusal = Pick<Extract<Admission, { readonly status: 'refused' }>, 'sentence' | 'first'>;

export interface AccessParts {
  readonly host: Pick<Host, 'menu' | 'admit'>;
  readonly manages: IsAdmin;
  readonly log: Log;
}

/** Who asks, and whether they are heard. */
export interface Access {
  userOf(asked: CommandRequest): Promise<User>;
  /** Why nobody looks into a question; `undefined` where it is to be answered. */
  refusalOf(question: CommandUpdate): Promise<Refusal | undefined>;
}

export function createAccess({ host, manages, log }: AccessParts): Access {
  /** Who can't be looked up manages nothing. */
  async function managesNow({ chat, askerId }: CommandRequest): Promise<boolean> {
    try {
      return await manages(chat.id, askerId);
    } catch (error) {
      log.warn('user.unknown', { chat: chat.id, reason: classifyError(error).reason });
      return false;
    }
  }

  async function askerOf(asked: CommandRequest): Promise<User> {
    const isManager = asked.manages === 'unknown' ? await managesNow(asked) : asked.manages;
    const id = destinationOf(asked.askerId);
    // A person's chat with us has the person's number.
    const inbox = asked.askerId > 0 ? { inbox: id } : {};
    const { language, reported = language } = asked;
    return { id, language, reported, manages: isManager, ...inbox };
  }

  const isForManagers = (command: string): boolean =>
    command === CLEAN_UP || host.menu.some((item) => item.name === command && item.for === 'managers');

  return {
    userOf: askerOf,
    async refusalOf({ type, asked }) {
      const { kind, chat, command } = asked;
      // Everybody can press what stands in a channel, and all its subscribers would get what comes of it.
      if (type === 'press' && kind === 'channel' && !(await askerOf(asked)).manages)
        return { sentence: textsFor(asked.language).telegram.notInChannels, first: true };
      const admitted = (asker: User) => host.admit({ command, asker, place: destinationOf(chat.id) });
      const stranger = await askerOf({ ...asked, manages: asked.manages === true });
      if (!isForManagers(command)) return refusalIn(admitted(stranger));
      // To look somebody up costs a call: who asks too much is not looked up.
      const refusal = refusalIn(admitted({ ...stranger, manages: true }));
      if (refusal) return refusal;
      const asker = await askerOf(asked);
      if (asker.manages) return undefined;
      // What is pressed on belongs to those who manage the place: nobody else changes it, not even into a refusal.
      const notYours = { sentence: textsFor(asked.language).platform.notYours.telegram, first: true };
      return refusalIn(admitted(asker)) ?? (type === 'press' ? notYours : undefined);
    },
  };
}

const refusalIn = (admission: Admission): Refusal | undefined =>
  admission.status === 'refused' ? admission : undefined;
