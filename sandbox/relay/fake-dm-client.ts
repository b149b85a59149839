import { WebSocket } from 'ws';
import type { NostrEvent } from '../../src/note/note.ts';
import type { FakeAuthor, ReceivedDm } from './fake-author.ts';

/** The author's client for direct messages, connected to one relay. */
export interface FakeDmClient {
  /** In order of arrival, without duplicates. */
  readonly messages: readonly ReceivedDm[];
  /** The first message that fits, past or future. */
  next(fits?: (letter: ReceivedDm) => boolean): Promise<ReceivedDm>;
  /** Calls the listener with each message from now on. Returns a way to stop that. */
  on(listener: (letter: ReceivedDm) => void): () => void;
  /** Replies to a message; settles once the relay has accepted it. */
  reply(letter: ReceivedDm, words: string): Promise<void>;
  /** Sends a message that replies to nothing. */
  send(to: string, words: string): Promise<void>;
  /** How many wraps came, including duplicates. */
  wrapCount(): number;
  stop(): void;
}

/** Reads and sends the author's direct messages (NIP-17) on a relay, authenticating when challenged. */
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
    if (!(await offer(event))) throw new Error('The relay refuses the message');
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
