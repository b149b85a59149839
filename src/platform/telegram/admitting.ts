import type { Admission, Asker } from '../../command/invocation.ts';
import type { Log } from '../../log.ts';
import { en } from '../../text/en.ts';
import type { Host } from '../platform.ts';
import { destinationOf } from './chat.ts';
import { faultOf } from './fault.ts';
import type { Asked, Incoming } from './incoming.ts';
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
    return { id: destinationOf(asked.askerId), language: asked.language, manages: isManager };
  }

  return {
    askerOf,
    async refusalOf({ type, asked }) {
      const { kind, chat, command } = asked;
      const isForManagers = host.menu.some((item) => item.name === command && item.for === 'managers');
      // Everybody can press what stands in a channel, and all its subscribers would get what comes of it.
      const isOpenToAll = type === 'press' && kind === 'channel';
      const asker = await askerOf(isForManagers || isOpenToAll ? asked : { ...asked, manages: false });
      if (isOpenToAll && !asker.manages) return { sentence: en.telegram.notInChannels, first: true };
      const admission = host.admit({ command, asker, place: destinationOf(chat.id) });
      return admission.status === 'refused' ? admission : undefined;
    },
  };
}
