import { once } from 'node:events';
import { finalizeEvent, generateSecretKey } from 'nostr-tools/pure';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { forgedCopy } from '../../sandbox/relay/faults.ts';
import { alice, mallory, sandboxRelay } from '../relays/relays.fixture.ts';

type Frames = readonly (readonly unknown[])[];

/** A client that speaks frames. `say` sends one and settles with all answers up to the one that ends them. */
async function clientOf(relay: { readonly url: string }) {
  const socket = new WebSocket(relay.url);
  onTestFinished(() => socket.terminate());
  const frames: (readonly unknown[])[] = [];
  let arrived = (): void => {};
  socket.on('message', (data) => {
    frames.push(JSON.parse((data as Buffer).toString()) as unknown[]);
    arrived();
  });
  await once(socket, 'open');
  async function until(last: readonly string[]): Promise<Frames> {
    while (!frames.some(([type]) => last.includes(type as string)))
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    return frames.splice(0);
  }
  return {
    until,
    say(...frame: readonly unknown[]): Promise<Frames> {
      socket.send(JSON.stringify(frame));
      return until(['EOSE', 'CLOSED', 'OK', 'NOTICE']);
    },
    async contents(...filters: readonly object[]): Promise<readonly unknown[]> {
      const answers = await this.say('REQ', 'x', ...filters);
      return answers
        .filter(([type]) => type === 'EVENT')
        .map((frame) => (frame[2] as { content: string }).content);
    },
  };
}

describe('the sandbox relay', () => {
  test('gives what matches any filter, newest first, ties to the lowest id, up to the limits', async () => {
    const relay = await sandboxRelay({ maxLimit: 3 });
    const [old, one, two, other] = [
      alice.note('old', { createdAt: 10 }),
      alice.note('one', { createdAt: 20 }),
      alice.note('two', { createdAt: 20 }),
      mallory.note('other', { createdAt: 30 }),
    ];
    relay.publish(old, one, two, other);
    const tied = one.id < two.id ? ['one', 'two'] : ['two', 'one'];
    const client = await clientOf(relay);
    expect(await client.contents({})).toEqual(['other', ...tied]);
    expect(await client.contents({ authors: [alice.pubkey], limit: 1 })).toEqual([tied[0]]);
    expect(await client.contents({ until: 10 }, { ids: [other.id] })).toEqual(['other', 'old']);
    expect(await client.contents({ since: 21 })).toEqual(['other']);
  });

  test('takes true events and says why not', async () => {
    const relay = await sandboxRelay();
    const client = await clientOf(relay);
    const note = alice.note('hello');
    expect(await client.say('EVENT', note)).toEqual([['OK', note.id, true, '']]);
    expect(await client.say('EVENT', note)).toEqual([['OK', note.id, true, 'duplicate: have it']]);
    const forged = forgedCopy(note);
    expect(await client.say('EVENT', forged)).toEqual([
      ['OK', note.id, false, expect.stringMatching(/^invalid: /)],
    ]);
    const expired = alice.note('gone', { tags: [['expiration', '1000']] });
    expect(await client.say('EVENT', expired)).toEqual([['OK', expired.id, false, 'invalid: expired']]);
    expect(relay.events()).toEqual([note]);
  });

  test('pushes to subscriptions until they are closed', async () => {
    const relay = await sandboxRelay();
    const [reader, writer] = [await clientOf(relay), await clientOf(relay)];
    await reader.say('REQ', 'mine', { kinds: [1] });
    const note = alice.note('live');
    await writer.say('EVENT', note);
    expect(await reader.until(['EVENT'])).toEqual([['EVENT', 'mine', note]]);
    // The NOTICE tells that the CLOSE before it was read.
    void reader.say('CLOSE', 'mine');
    await reader.say('WHAT');
    await writer.say('EVENT', alice.note('unheard'));
    expect((await reader.say('REQ', 'other', { ids: [note.id] })).map(([type]) => type)).toEqual([
      'EVENT',
      'EOSE',
    ]);
  });

  test('keeps the newest version of what is replaceable, ties to the lowest id', async () => {
    const relay = await sandboxRelay();
    const tags = [['d', 'page']];
    const versions = ['a', 'b', 'c'].map((content) =>
      alice.note(content, { kind: 30_023, tags, createdAt: 20 }),
    );
    const lowest = versions.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
    relay.publish(...versions, alice.note('older', { kind: 30_023, tags, createdAt: 10 }));
    relay.publish(alice.note('another page', { kind: 30_023, tags: [['d', 'x']], createdAt: 5 }));
    relay.publish(
      alice.note('{"v":2}', { kind: 0, createdAt: 4 }),
      alice.note('{"v":1}', { kind: 0, createdAt: 3 }),
    );
    expect(relay.events().map(({ content }) => content)).toEqual([
      lowest?.content,
      'another page',
      '{"v":2}',
    ]);
  });

  test('forgets what its author deletes, before and after, and nobody else’s', async () => {
    const relay = await sandboxRelay();
    const [note, late] = [alice.note('note'), alice.note('late')];
    const page = (createdAt: number) =>
      alice.note(`page ${createdAt}`, { kind: 30_023, tags: [['d', 'p']], createdAt });
    relay.publish(note, page(10));
    const foreign = mallory.deletion([note]);
    relay.publish(foreign);
    expect(relay.events()).toContainEqual(note);
    const deletion = alice.deletion([note, late, page(10)], { createdAt: 15 });
    relay.publish(deletion);
    expect(relay.publish(late)).toEqual({ accepted: false, message: 'blocked: deleted by its author' });
    expect(relay.publish(page(12)).accepted).toBe(false);
    expect(relay.publish(page(20)).accepted).toBe(true);
    expect(new Set(relay.events().map(({ content }) => content))).toEqual(new Set(['', 'page 20']));
  });

  test('describes itself over HTTP (NIP-11)', async () => {
    const relay = await sandboxRelay({ maxLimit: 7 });
    const response = await fetch(relay.url.replace('ws', 'http'), {
      headers: { accept: 'application/nostr+json', connection: 'close' },
    });
    expect(await response.json()).toMatchObject({ limitation: { max_limit: 7, auth_required: false } });
  });

  test('serves only who answered its challenge, where it asks for that (NIP-42)', async () => {
    const relay = await sandboxRelay({ admission: {} });
    const client = await clientOf(relay);
    const [[, challenge] = []] = await client.until(['AUTH']);
    expect(await client.say('REQ', 'x', {})).toEqual([
      ['CLOSED', 'x', expect.stringMatching(/^auth-required: /)],
    ]);
    const answer = (to: unknown) =>
      finalizeEvent(
        {
          kind: 22_242,
          created_at: Math.floor(Date.now() / 1000),
          content: '',
          tags: [
            ['relay', relay.url],
            ['challenge', String(to)],
          ],
        },
        generateSecretKey(),
      );
    expect(await client.say('AUTH', answer('another'))).toMatchObject([{ 0: 'OK', 2: false }]);
    expect(await client.say('AUTH', answer(challenge))).toMatchObject([{ 0: 'OK', 2: true }]);
    expect(await client.say('REQ', 'x', {})).toEqual([['EOSE', 'x']]);
  });
});

test('an author’s key and events depend on the name alone', () => {
  const [first, second] = [authorNamed('carol'), authorNamed('carol')];
  expect(second.pubkey).toBe(first.pubkey);
  expect([second.note('a').id, second.note('b').id]).toEqual([first.note('a').id, first.note('b').id]);
  expect(authorNamed('dave').pubkey).not.toBe(first.pubkey);
});

describe('the sandbox relay with manners of its own', () => {
  const filter = (...kinds: readonly number[]) => ({ kinds });

  test.each([
    ['too many kinds', { maxKinds: 3 }, { kinds: [0, 1, 5, 6] }, 'bad req: too many kinds in filter: 4'],
    ['a kind that it does not allow', { allowedKinds: [1] }, filter(1, 6), 'bad req: kind not allowed: 6'],
    ['a limit that is too large', { maxAsked: 100 }, { limit: 101 }, 'bad req: limit too large: 101'],
    ['too many subscriptions', { maxSubscriptions: 0 }, {}, 'too many concurrent REQs'],
    ['too many requests', { rate: { requests: 0, perMs: 1_000 } }, {}, 'rate-limited: slow down'],
  ] as const)('refuses %s as strfry does', async (_what, rules, asked, reason) => {
    const [inClosed, inNotice] = [{}, { refusing: 'notice' }] as const;
    for (const how of [inClosed, inNotice]) {
      const client = await clientOf(await sandboxRelay({ ...rules, ...how, wording: 'strfry' }));
      const frame = how === inClosed ? ['CLOSED', 'x', `ERROR: ${reason}`] : ['NOTICE', `ERROR: ${reason}`];
      expect(await client.say('REQ', 'x', asked)).toEqual([frame]);
    }
  });

  test('challenges only where all kinds of a filter are restricted, else leaves them out, like strfry', async () => {
    const relay = await sandboxRelay({ restricted: { kinds: [1, 6] }, wording: 'strfry' });
    relay.publish(alice.note('note'), alice.note('page', { kind: 30_023, tags: [['d', 'x']] }));
    const [reader, client] = [await clientOf(relay), await clientOf(relay)];
    const content = expect.stringMatching(/^ERROR: auth-required: /);
    expect(await reader.say('REQ', 'x', filter(1))).toEqual([
      ['AUTH', expect.any(String)],
      ['CLOSED', 'x', content],
    ]);
    expect(await client.contents(filter(1, 30_023))).toEqual(['page']);
    // Nor are they pushed.
    relay.publish(alice.note('live'), alice.note('live page', { kind: 30_023, tags: [['d', 'y']] }));
    expect(
      (await client.until(['EVENT'])).map(([, , event]) => (event as { content: string }).content),
    ).toEqual(['live page']);
  });

  test.each([
    ['everybody who has shown a key', {}, ['note']],
    ['those who are involved', { involved: true }, []],
  ] as const)('gives restricted kinds to %s', async (_whom, how, contents) => {
    const relay = await sandboxRelay({ restricted: { kinds: [1], ...how } });
    relay.publish(alice.note('note'));
    const client = await clientOf(relay);
    const [[, challenge] = []] = await client.say('REQ', 'x', filter(1));
    await client.say('AUTH', mallory.signAuth(relay.url, String(challenge)));
    expect(await client.contents(filter(1))).toEqual(contents);
  });

  test('sorts oldest first what is asked for without a limit, like nostr-rs-relay', async () => {
    const relay = await sandboxRelay({ oldestFirst: true, maxLimit: 2 });
    relay.publish(...['one', 'two', 'three'].map((content) => alice.note(content)));
    const client = await clientOf(relay);
    expect(await client.contents({})).toEqual(['one', 'two']);
    expect(await client.contents({ limit: 5 })).toEqual(['three', 'two']);
  });

  test.each([
    ['silent', []],
    ['empty', [['EOSE', 'x']]],
  ] as const)('answers %s where it asks for a key and does not say so', async (refusing, answer) => {
    const relay = await sandboxRelay({ admission: {}, refusing });
    const client = await clientOf(relay);
    await client.until(['AUTH']);
    void client.say('REQ', 'x', {});
    // The NOTICE tells that the REQ before it was read.
    void client.say('WHAT');
    expect((await client.until(['NOTICE'])).filter(([type]) => type !== 'NOTICE')).toEqual(answer);
  });
});
