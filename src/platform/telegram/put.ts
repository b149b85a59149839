import type { Log } from '../../log.ts';
import { type Call, type ClassicCall, type Item, type MediaCall, previewOf, type TextCall } from './call.ts';
import type { Standing, Where } from './chat.ts';
import type { Calls } from './client.ts';
import { faultOf } from './fault.ts';
import type { FaultKind } from './fault-table.ts';
import type { Ladder } from './ladder.ts';
import { withLinkLines } from './link-lines.ts';
import { createMediaCalls } from './media-calls.ts';
import type { RichCalls } from './rich-calls.ts';

/** What survives from one try of a message to the next. */
export interface Progress {
  /** Message ids of the items of an album that were sent one by one, by index. */
  readonly items: Map<number, number>;
  /**
   * It has failed before for a reason in no table, or so often by a fault of Telegram's own that this way may never work;
   * now plainer forms are tried for such reasons too.
   */
  puzzled: boolean;
  /** So many tries in a row met a fault of Telegram's own. */
  broken: number;
  /** So many of its calls brought no answer; each may have been carried out. */
  lost: number;
  /** The album was broken off: some of its items stand, and Telegram does not tell which. */
  inPart: boolean;
  /** The chat was not found, and was there. */
  missed: boolean;
}

export const fresh = (): Progress => ({
  items: new Map(),
  puzzled: false,
  broken: 0,
  lost: 0,
  inPart: false,
  missed: false,
});

/** Its media may stand, nobody knows which: what is put up now is words with links, lest pictures show again and again. */
const isDoubtful = ({ inPart, lost }: Progress): boolean => inPart || lost > 1;

/** Puts a message up, in a plainer form where Telegram refuses the first; throws what the plainest one met. */
export type Put = (call: Call, where: Where, progress: Progress) => Promise<Standing>;

export function createPut(calls: Calls, rich: RichCalls, ladder: Ladder, log: Log): Put {
  const mediaCalls = createMediaCalls(calls, ladder);

  const put: Put = async (call, where, progress) => {
    if (call.type === 'rich')
      return (await rich.send(call, where, progress.puzzled)) ?? put(call.classic, where, progress);
    try {
      if (call.type === 'text') return await putText(call, where);
      return call.items.length === 1
        ? await putSingle(call, where, progress)
        : await putAlbum(call, where, progress);
    } catch (error) {
      const { kind, reason } = faultOf(error);
      const next = plainer(call, kind);
      if (!next) throw error;
      log.warn('message.simplified', { reason });
      return put(next, where, progress);
    }
  };

  async function putText(call: TextCall, where: Where): Promise<Standing> {
    const message = await calls.sendMessage({
      ...where,
      text: call.text,
      entities: [...call.entities],
      link_preview_options: previewOf(call),
      ...(call.keyboard && { reply_markup: call.keyboard }),
    });
    return { chat: message.chat.id, ids: [message.message_id] };
  }

  async function putSingle(call: MediaCall, where: Where, progress: Progress): Promise<Standing> {
    const item = call.items[0] as Item;
    const { puzzled } = progress;
    const manner = { where, puzzled, patience: ladder.patience() };
    const sent = isDoubtful(progress) ? undefined : await mediaCalls.single(item, call, manner);
    if (sent) return sent;
    log.warn('media.linked', { url: item.urls[0] });
    return putText(linked(call, [item]), where);
  }

  async function putAlbum(call: MediaCall, where: Where, progress: Progress): Promise<Standing> {
    const { items: done, puzzled } = progress;
    const manner = { where, puzzled, patience: ladder.patience() };
    const isWhole = done.size === 0 && !isDoubtful(progress);
    const whole = isWhole ? await mediaCalls.album(call, manner, progress) : undefined;
    if (whole) return whole;
    const unsent: Item[] = [];
    let standing: Standing | undefined;
    for (const [index, item] of call.items.entries()) {
      if (done.has(index)) continue;
      const words = done.size === 0 ? call : { text: '', entities: [] };
      const one = isDoubtful(progress) ? undefined : await mediaCalls.single(item, words, manner);
      if (!one) {
        unsent.push(item);
        continue;
      }
      standing = one;
      done.set(index, one.ids[0] ?? 0);
    }
    const ids = [...done.values()];
    if (unsent.length === 0) return { chat: standing?.chat ?? Number(where.chat_id), ids };
    log.warn('media.linked', { url: unsent[0]?.urls[0], items: unsent.length });
    const words = done.size === 0 ? call : { text: '', entities: [] };
    const rest = await putText(withLinkLines(words, unsent), where);
    return { chat: rest.chat, ids: [...ids, ...rest.ids] };
  }

  return put;
}

/** The same message without what was refused; `undefined` where nothing can go. What is hidden stays hidden. */
export function plainer(call: ClassicCall, kind: FaultKind): ClassicCall | undefined {
  if (kind === 'entities') {
    const entities = call.entities.filter(({ type }) => type === 'spoiler');
    return entities.length < call.entities.length ? { ...call, entities } : undefined;
  }
  if (kind === 'keyboard' && call.keyboard) {
    const { keyboard: _, ...rest } = call;
    return rest;
  }
  if (kind === 'content' && call.type === 'media') return linked(call, call.items);
  return undefined;
}

function linked(call: MediaCall, items: readonly Item[]): TextCall {
  return { ...withLinkLines(call, items), ...(call.keyboard && { keyboard: call.keyboard }) };
}
