import { WebSocket } from 'ws';
import type { NostrEvent } from '../../src/note/note.ts';
import type { FakeAuthor, ReceivedDm } from './fake-author.ts';

/** The author's client for letters, connected to one relay. */
export interface FakeDmClient {
  /** What came, in the order in which it came; the same letter once, however often it is sent. */
  readonly messages: readonly ReceivedDm[];
  /** The first letter that fits, past or to come. */
  next(fits?: (letter: ReceivedDm) => boolean): Promise<ReceivedDm>;
  /** Is told of each letter from now on. Returns the end of that. */
  on(listener: (letter: ReceivedDm) => void): () => void;
  /** Answers a letter; settles when the relay has taken it. */
  reply(letter: ReceivedDm, words: string): Promise<void>;
  /** Writes without answering anything. */
  send(to: string, words: string): Promise<void>;
  /** How many wraps came, repeats included. */
  wrapCount(): number;
  stop(): void;
}

/** Reads and answers the author's letters (NIP-17) at a relay, and shows the author's key where it is asked for. */
export async function openDmClient(author: FakeAuthor, relay: string): Promise<FakeDmClient> {
  const socket = new WebSocket(relay);
  const letters = new Map<string, ReceivedDm>();
  const listeners = new Set<(letter: ReceivedDm) => void>();
  const taken = new Map<string, (accepted: boolean) => void>();
  let wraps = 0;

  const send = (...frame: readonly unknown[]): void => socket.send(JSON.stringify(frame));
  const subscribe = (): void => send('REQ', 'inbox', { kinds: [1_059], '#p': [author.pubkey] });

  function received(wrap: NostrEvent): void {
    wraps += 1;
    const letter = author.unwrap(wrap);
    if (letters.has(letter.id)) return;
    letters.set(letter.id, letter);
    for (const listener of listeners) listener(letter);
  }

  function offer(event: NostrEvent): Promise<boolean> {
    return new Promise((resolve) => {
      taken.set(event.id, resolve);
      send(event.kind === 22_242 ? 'AUTH' : 'EVENT', event);
    });
  }

  async function post(event: NostrEvent): Promise<void> {
    if (!(await offer(event))) throw new Error('The relay does not take the letter');
  }

  socket.on('message', (data) => {
    const [type, subject, content] = JSON.parse((data as Buffer).toString()) as [string, string, unknown];
    if (type === 'EVENT') received(content as NostrEvent);
    else if (type === 'OK') taken.get(subject)?.(content === true);
    else if (type === 'AUTH') void offer(author.signAuth(relay, subject)).then(subscribe);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  subscribe();

  return {
    get messages() {
      return [...letters.values()];
    },
    next: (fits = () => true) =>
      new Promise((resolve) => {
        const look = (letter: ReceivedDm): void => {
          if (!fits(letter)) return;
          listeners.delete(look);
          resolve(letter);
        };
        const there = [...letters.values()].find(fits);
        if (there) resolve(there);
        else listeners.add(look);
      }),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    reply: (letter, words) => post(author.directMessage(letter.from, words, letter.id)),
    send: (to, words) => post(author.directMessage(to, words)),
    wrapCount: () => wraps,
    stop: () => socket.close(),
  };
}
