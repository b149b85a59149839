import { parseBoundedJson } from '../../lib/bounded-json.ts';
import type { NostrEvent } from '../../note/note.ts';
import { type BotKey, oneTimeKey } from '../bot-key.ts';
import { eventId, type Screening, type Verifier } from '../verify.ts';

/** A direct message (NIP-17). Never signed, so that it proves nothing to others. */
export type DirectMessage = Omit<NostrEvent, 'sig'>;

/** The message's `kind` is 14 (text) or 15 (a file). */
export type UnwrapResult =
  | { readonly status: 'opened'; readonly message: DirectMessage }
  | { readonly status: 'rejected'; readonly reason: string };

const CHAT_KIND = 14;
const FILE_KIND = 15;
const SEAL_KIND = 13;
export const GIFT_WRAP_KIND = 1_059;

/** Seals and wraps are backdated at random, by up to this many seconds: when a message was written is private. */
export const MAX_BACKDATING_S = 2 * 86_400;
/** Far more than any reply takes. */
const MAX_CHARACTERS = 20_000;
const MAX_TAGS = 100;

/** A message from the owner of the key. `answers` is the id of the message it replies to. */
export function createDirectMessage(
  key: BotKey,
  { to, words, answers }: { readonly to: string; readonly words: string; readonly answers?: string },
  nowMs: number,
): DirectMessage {
  const { pubkey } = key;
  const tags = [['p', to], ...(answers === undefined ? [] : [['e', answers]])];
  const message = { pubkey, created_at: Math.floor(nowMs / 1000), kind: CHAT_KIND, tags, content: words };
  return { id: eventId(message), ...message };
}

/** The message as relays may see it (NIP-59): sealed by the sender, wrapped with a one-time key. */
export function giftWrap(
  message: DirectMessage,
  key: BotKey,
  to: string,
  { nowMs, random }: { readonly nowMs: number; random(): number },
): NostrEvent {
  const backdated = (): number => Math.floor(nowMs / 1000 - random() * MAX_BACKDATING_S);
  const once = oneTimeKey();
  const seal = key.sign({
    kind: SEAL_KIND,
    created_at: backdated(),
    tags: [],
    content: key.encrypt(to, JSON.stringify(message)),
  });
  const content = once.encrypt(to, JSON.stringify(seal));
  return once.sign({ kind: GIFT_WRAP_KIND, created_at: backdated(), tags: [['p', to]], content });
}

export interface UnwrapOptions {
  readonly key: BotKey;
  readonly from: string;
  readonly verifier: Verifier;
}

type ScreenedWrap = Extract<Screening, { readonly status: 'screened' }>['event'];

/** Checks a wrap without opening it: it is for us, may hold a message, and has the right id. */
export function screenGiftWrap(
  candidate: unknown,
  { key, verifier }: Pick<UnwrapOptions, 'key' | 'verifier'>,
): Screening {
  const screening = verifier.screen(candidate, { kinds: [GIFT_WRAP_KIND] });
  if (screening.status === 'rejected') return screening;
  const { id, tags, content } = screening.event;
  const isForUs = tags.some(([name, to]) => name === 'p' && to === key.pubkey);
  if (!isForUs) return { status: 'rejected', reason: 'unwanted kind' };
  if (tags.length > MAX_TAGS || !isNip44Payload(content)) return { status: 'rejected', reason: 'unreadable' };
  // The id covers everything that matters, so a wrap whose id is known needn't be opened again.
  return eventId(screening.event) === id ? screening : { status: 'rejected', reason: 'wrong id' };
}

/** Whether it looks like a NIP-44 payload: version 2, and padded to one of the possible sizes. */
function isNip44Payload(content: string): boolean {
  if (content.length < 132 || content.length % 4 !== 0 || !/^A[g-v]/.test(content)) return false;
  const padding = content.endsWith('==') ? 2 : content.endsWith('=') ? 1 : 0;
  // Besides the text there are a version, a nonce, the length, and a MAC.
  const size = (content.length / 4) * 3 - padding - 1 - 32 - 2 - 32;
  const power = 2 ** Math.ceil(Math.log2(size));
  return size % (power <= 256 ? 32 : power / 8) === 0;
}

/** The message in a wrap, if it is for us, and sealed and written by `from`. Never throws. */
export function unwrapDirectMessage(candidate: unknown, options: UnwrapOptions): UnwrapResult {
  const screening = screenGiftWrap(candidate, options);
  return screening.status === 'rejected' ? screening : openGiftWrap(screening.event, options);
}

/**
 * Opens a screened wrap. Takes half a millisecond if it is a stranger's. The wrap's own signature isn't checked: its key
 * was made for it.
 */
export function openGiftWrap(
  { pubkey, content }: ScreenedWrap,
  { key, from, verifier }: UnwrapOptions,
): UnwrapResult {
  const sealed = decryptJson(key, pubkey, content);
  const verdict = verifier.verify(sealed, { author: from, kinds: [SEAL_KIND] });
  if (verdict.status === 'rejected') return rejected(`seal: ${verdict.reason}`);
  const written = decryptJson(key, from, verdict.event.content);
  return isDirectMessage(written, from) ? { status: 'opened', message: written } : rejected('no message');
}

const rejected = (reason: string): UnwrapResult => ({ status: 'rejected', reason });

/** Undefined if the payload isn't for us, is damaged, or isn't JSON. */
function decryptJson(key: BotKey, pubkey: string, payload: string): unknown {
  try {
    return parseBoundedJson(key.decrypt(pubkey, payload));
  } catch {
    // Anybody can send anything; there is nobody to tell.
    return undefined;
  }
}

/** NIP-17: the sealer must also be the sender named inside, or anybody could write in another's name. */
function isDirectMessage(value: unknown, from: string): value is DirectMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { id, pubkey, created_at, kind, tags, content } = value as Record<keyof DirectMessage, unknown>;
  if (pubkey !== from || (kind !== CHAT_KIND && kind !== FILE_KIND)) return false;
  if (typeof content !== 'string' || content.length > MAX_CHARACTERS) return false;
  if (!Number.isSafeInteger(created_at) || !isTags(tags)) return false;
  return id === eventId({ pubkey: from, created_at: Number(created_at), kind, tags, content });
}

const isTags = (tags: unknown): tags is string[][] =>
  Array.isArray(tags) &&
  tags.length <= MAX_TAGS &&
  tags.every((tag) => Array.isArray(tag) && tag.every((value) => typeof value === 'string'));
