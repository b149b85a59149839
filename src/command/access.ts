import type { Texts } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import type { Chat } from './chat.ts';
import type { Command } from './command.ts';
import { type Bucket, createRateLimits } from './rate-limits.ts';
import type { Refusal, UserRequest } from './request.ts';

/** `manages`: whether the user manages the chat. */
export type Admission = { readonly manages: boolean } | { readonly refusal: Refusal };

export interface Access {
  /** Whether a request may go on; if so it has taken its share of the rate limits. */
  admit(request: UserRequest, command: Pick<Command, 'for'>, chat: Chat, texts: Texts): Promise<Admission>;
  /** The same for one keystroke. */
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
    const { id, manages } = request.user;
    const find = async (): Promise<boolean> => (typeof manages === 'boolean' ? manages : manages());
    const refusedBy = (...buckets: readonly Bucket[]): Admission | undefined => {
      const { waitMs, first: isFirst } = limits.acquire(buckets);
      if (waitMs === 0) return undefined;
      if (isFirst) log.debug('user.refused', { place: chat.destination, waitMs });
      return { refusal: { sentence: texts.platform.tooOften(Math.ceil(waitMs / 1000)), isFirst } };
    };
    const asReader = () => refusedBy(['user', id], ['chat', withoutTopic(chat.destination)]);

    if (request.managersOnly && !(await find()))
      return { refusal: { sentence: request.managersOnly(texts), isFirst: true } };
    if (command.for === 'readers') return asReader() ?? { manages: await find() };
    // Looking somebody up takes an API call, so whoever asks too often isn't looked up.
    const tooOften = manages === false ? undefined : refusedBy(['manager', id]);
    if (tooOften) return tooOften;
    if (await find()) return { manages: true };
    // A pressed message belongs to the chat's managers: nobody else changes it, not even into an error.
    const notYours = { sentence: texts.byPlatform[request.platform].managersOnly, isFirst: true };
    return asReader() ?? (request.type === 'callback' ? { refusal: notYours } : { manages: false });
  }

  return { admit, admitKeystroke: (kind, user) => limits.acquire([[kind, user]]).waitMs === 0 };
}

/** The topics of a chat share its limit: `telegram:<chat>/<topic>`. */
const withoutTopic = (destination: string): string => destination.replace(/\/.*$/u, '');
