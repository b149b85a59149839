import type { Texts } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import type { Chat } from './chat.ts';
import type { Command } from './command.ts';
import { type Bucket, createRateLimits } from './rate-limits.ts';
import type { Refusal, UserRequest } from './request.ts';

/** `isManager`: whether the user manages the chat. */
export type Admission = { readonly isManager: boolean } | { readonly refusal: Refusal };

export interface Access {
  /** Checks permissions and rate limits. An admitted request counts against its limits. */
  admit(request: UserRequest, command: Pick<Command, 'for'>, chat: Chat, texts: Texts): Promise<Admission>;
  /** Counts one keystroke; false if the user has reached the limit. */
  admitKeystroke(kind: 'suggestion' | 'inline', user: string): boolean;
}

/** `now` in milliseconds on a clock that never runs backwards. */
export function createAccess(now: () => number, log: Log): Access {
  const limits = createRateLimits(now);

  async function admit(
    request: UserRequest,
    command: Pick<Command, 'for'>,
    chat: Chat,
    texts: Texts,
  ): Promise<Admission> {
    const { id, isManager: reported } = request.user;
    const isManager = async (): Promise<boolean> => (typeof reported === 'boolean' ? reported : reported());
    const refusedBy = (...buckets: readonly Bucket[]): Admission | undefined => {
      const { waitMs, isFirstRefusal: isFirst } = limits.acquire(buckets);
      if (waitMs === 0) return undefined;
      if (isFirst) log.debug('user.refused', { place: chat.destination, waitMs });
      return { refusal: { sentence: texts.platform.tooOften(Math.ceil(waitMs / 1000)), isFirst } };
    };
    const readerRefusal = () => refusedBy(['user', id], ['chat', withoutTopic(chat.destination)]);

    if (request.managersOnly && !(await isManager()))
      return { refusal: { sentence: request.managersOnly(texts), isFirst: true } };
    if (command.for === 'readers') return readerRefusal() ?? { isManager: await isManager() };
    // Finding out takes an API call, which rate-limited users shouldn't cause.
    const tooOften = reported === false ? undefined : refusedBy(['manager', id]);
    if (tooOften) return tooOften;
    if (await isManager()) return { isManager: true };
    // The button's message belongs to the chat's managers, so nobody else may replace it, not even with an error.
    const notYours = { sentence: texts.byPlatform[request.platform].managersOnly, isFirst: true };
    return readerRefusal() ?? (request.type === 'callback' ? { refusal: notYours } : { isManager: false });
  }

  return { admit, admitKeystroke: (kind, user) => limits.acquire([[kind, user]]).waitMs === 0 };
}

/** The topics of a chat share its limit: `telegram:<chat>/<topic>`. */
const withoutTopic = (destination: string): string => destination.replace(/\/.*$/u, '');
