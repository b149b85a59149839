import type { Admission, Asker } from '../../command/invocation.ts';
import type { Log } from '../../log.ts';
import { textsFor } from '../../text/texts.ts';
import type { Host } from '../platform.ts';
import { destinationOf } from './chat.ts';
import { faultOf } from './fault.ts';
import { type Asked, CLEAN_UP, type Incoming } from './incoming.ts';
import type { Manages } from './managers.ts';

export type Question = Extract<Incoming, { readonly type: 'command' | 'press' }>;
export type Refusal = Pick<Extract<Admission, { readonly status: 'refused' }>, 'sentence' | 'first'>;

export interface AdmittingParts {
  readonly host: Pick<Host, 'menu' | 'admit'>;
  readonly manages: Manages;
  readonly log: Log;
}

/** Who asks, and whether they are heard. */
export interface Admitting {
  askerOf(asked: Asked): Promise<Asker>;
  /** Why nobody looks into a question; `undefined` where it is to be answered. */
  refusalOf(question: Question): Promise<Refusal | undefined>;
}

export function createAdmitting({ host, manages, log }: AdmittingParts): Admitting {
  /** Who can't be looked up manages nothing. */
  async function managesNow({ chat, askerId }: Asked): Promise<boolean> {
    try {
      return await manages(chat.id, askerId);
    } catch (error) {
      log.warn('asker.unknown', { chat: chat.id, reason: faultOf(error).reason });
      return false;
    }
  }

  async function askerOf(asked: Asked): Promise<Asker> {
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
    askerOf,
    async refusalOf({ type, asked }) {
      const { kind, chat, command } = asked;
      // Everybody can press what stands in a channel, and all its subscribers would get what comes of it.
      if (type === 'press' && kind === 'channel' && !(await askerOf(asked)).manages)
        return { sentence: textsFor(asked.language).telegram.notInChannels, first: true };
      const admitted = (asker: Asker) => host.admit({ command, asker, place: destinationOf(chat.id) });
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
