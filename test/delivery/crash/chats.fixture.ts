import { documentText } from '../../../src/note/document.ts';
import type { ReadyDocument } from '../../../src/note/present/finish.ts';
import type { Body, Platform, SendResult } from '../../../src/platform/platform.ts';
import type { PlatformName } from '../../../src/platform/platforms.ts';

/** What becomes of a call. All but the first three leave the platform as it was. */
export type Outcome = 'done' | 'answer lost' | Exclude<SendResult, { readonly status: 'sent' }>;

/** A message as readers see it. */
export interface Message {
  readonly id: string;
  readonly destination: string;
  readonly key: string;
  readonly firstText: string;
  /** It was sent again, and the repeat was dropped. */
  isRepeated: boolean;
  text: string;
  stands: boolean;
}

/** A platform's side of the world: it outlives the program. */
export interface FakeChats {
  readonly name: PlatformName;
  readonly messages: readonly Message[];
  /** Texts that were refused for good, and of messages that were not taken back for it. */
  readonly refused: readonly string[];
  /** Calls that were answered by anything but success, or not at all. */
  readonly setbacks: number;
  /** How many calls there were. */
  calls(): number;
  /** What becomes of the next calls; after the last of them all is well. */
  next(...outcomes: readonly Outcome[]): void;
  readonly platform: Platform;
}

const LOST: SendResult = { status: 'retry', scope: 'destination', uncertain: true, reason: 'reset' };

export const isDigest = (text: string): boolean => /^(?:While I was away|Daily digest)/u.test(text);

/** A note in parts has a word for each; a digest is one message. */
function bodiesOf({ blocks }: ReadyDocument): readonly Body[] {
  const text = documentText(blocks);
  const texts = isDigest(text) ? [text] : text.split(/\s+/u);
  return texts.map((call) => ({ cost: 1, call }));
}

/** Discord knows a message that it has by its key, and then makes no other; Telegram has no keys. */
export function createFakeChats(name: PlatformName): FakeChats {
  const messages: Message[] = [];
  const refused: string[] = [];
  const moves = new Map<string, string>();
  let outcomes: Outcome[] = [];
  let setbacks = 0;
  let calls = 0;

  function post(destination: string, text: string, key: string): string {
    const isKnown = (message: Message): boolean => message.key === key && message.stands;
    const known = name === 'discord' ? messages.find(isKnown) : undefined;
    if (known) {
      known.isRepeated = true;
      return known.id;
    }
    const id = `${name} ${messages.length + 1}`;
    messages.push({ id, destination, key, firstText: text, text, isRepeated: false, stands: true });
    return id;
  }

  function change(id: string, edit: (message: Message) => void): string {
    const message = messages.find((each) => each.id === id);
    if (!message) throw new Error(`There is no message "${id}"`);
    edit(message);
    return id;
  }

  async function answer(destination: string, text: string, carryOut: () => string): Promise<SendResult> {
    calls += 1;
    const to = moves.get(destination);
    if (to !== undefined) return { status: 'moved', to, reason: 'upgraded' };
    const next = outcomes.shift() ?? 'done';
    // Only Telegram's groups move, and they do so once.
    const mayMove = name === 'telegram' && !destination.endsWith('0');
    const outcome = typeof next === 'object' && next.status === 'moved' && !mayMove ? 'done' : next;
    if (outcome === 'done') return { status: 'sent', receipt: carryOut() };
    setbacks += 1;
    if (outcome === 'answer lost') {
      carryOut();
      return LOST;
    }
    if (outcome.status === 'rejected') refused.push(text);
    if (outcome.status !== 'moved') return outcome;
    moves.set(destination, `${destination}0`);
    return { ...outcome, to: `${destination}0` };
  }

  return {
    name,
    messages,
    refused,
    calls: () => calls,
    get setbacks() {
      return setbacks;
    },
    next(...more) {
      outcomes = [...more];
    },
    platform: {
      name,
      styles: ['plain'],
      rateLimits: {
        global: { count: 20, perMs: 1_000 },
        destination: () => ({ count: 5, perMs: 5_000 }),
      },
      render: bodiesOf,
      renderAsync: async (document) => bodiesOf(document),
      send: (destination, body, key) =>
        answer(destination, String(body.call), () => post(destination, String(body.call), key)),
      edit: (destination, receipt, body) =>
        answer(destination, String(body.call), () =>
          change(receipt, (message) => {
            message.text = String(body.call);
          }),
        ),
      remove: (destination, receipt) =>
        answer(destination, messages.find(({ id }) => id === receipt)?.text ?? '', () =>
          change(receipt, (message) => {
            message.stands = false;
          }),
        ),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      error: () => undefined,
    },
  };
}
