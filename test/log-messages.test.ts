import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createLog, type Fields } from '../src/lib/log.ts';
import { LOG_MESSAGES, messageFor } from '../src/log-messages.ts';
import { eventsAtLevel, logCalls } from './log-calls.fixture.ts';

/** Whether an event may come of `note.${outcome}`. */
const isMadeBy =
  (written: string) =>
  (event: string): boolean =>
    written.includes('${') && event.startsWith(written.slice(0, written.indexOf('${')));

test('every trouble of a relay has words', () => {
  const union = readFileSync(new URL('../src/relays/relay-errors.ts', import.meta.url), 'utf8');
  const troubles = [...(/type RelayError =(.*?);/su.exec(union)?.[1] ?? '').matchAll(/\| '([^']+)'/gu)];
  expect(troubles.length).toBeGreaterThan(9);
  for (const [, trouble = ''] of troubles)
    expect(messageFor('relay.interrupted', { relay: 'a', trouble })?.text).not.toContain(`(${trouble})`);
});

describe('the table of sentences', () => {
  test('is compared with all calls there are, each of which names its events', () => {
    expect(logCalls().length).toBeGreaterThan(130);
    const vague = logCalls().filter(
      ({ levels, events }) =>
        levels.length === 0 ||
        events.length === 0 ||
        (!levels.includes('debug') && events.join().includes('$')),
    );
    expect(vague).toEqual([]);
  });

  test('has one for every event', () => {
    const without = eventsAtLevel('debug', 'info', 'warn', 'error').filter((event) =>
      event.includes('$') ? ![...LOG_MESSAGES.keys()].some(isMadeBy(event)) : !LOG_MESSAGES.has(event),
    );
    expect(without).toEqual([]);
  });

  test('has none for an event that nobody writes', () => {
    const written = logCalls().flatMap(({ events }) => events);
    const isWritten = (event: string): boolean =>
      written.some((one) => one === event || isMadeBy(one)(event));
    expect([...LOG_MESSAGES.keys()].filter((event) => !isWritten(event))).toEqual([]);
  });

  test('keeps from people only what another line says', () => {
    const hidden = [...LOG_MESSAGES].flatMap(([event, words]) => (words === '' ? [event] : []));
    expect(hidden.filter((event) => eventsAtLevel('warn', 'error').includes(event))).toEqual([]);
    expect(hidden.length).toBeLessThan(5);
  });

  /** Fields that a log is given by `with`, and what stands in objects that are spread. */
  const AROUND = /^(?:platform|relay|command)$/u;
  test('asks for no field that a call does not have', () => {
    const missing = logCalls().flatMap(({ events, text, file }) =>
      events.flatMap((event) => {
        const sure = (LOG_MESSAGES.get(event) ?? '').replace(/\[[^\]]*\]/gu, '');
        const fields = [...sure.matchAll(/\{(\w+)/gu)].map(([, name = '']) => name);
        return fields
          .filter(
            (name) =>
              !AROUND.test(name) &&
              text.includes('{') &&
              !text.includes('...') &&
              !new RegExp(`\\b${name}\\b`, 'u').test(text),
          )
          .map((name) => `${file}: ${event} has no ${name}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  test('speaks plainly: no full stop at the end, straight apostrophes', () => {
    const wrong = [...LOG_MESSAGES].filter(([, words]) => /[’‘]|\.$/u.test(words));
    expect(wrong).toEqual([]);
  });
});

const said = (event: string, fields: Fields): string | undefined => messageFor(event, fields)?.text;

test.each([
  [
    'login.retrying',
    { reason: 'No answer from Telegram: ECONNREFUSED' },
    'Telegram unreachable (ECONNREFUSED), retrying',
  ],
  [
    'author.followed',
    {
      version: '0.1.0',
      node: '26.10.0',
      platforms: 'discord, telegram',
      name: 'Mara Lindqvist',
      npub: `npub1${'q'.repeat(58)}`,
    },
    'Postrider 0.1.0, following Mara Lindqvist (npub1qqqqqqq…), Discord + Telegram, Node 26.10.0',
  ],
  ['author.followed', { name: 'Mara', npub: 'npub1' }, 'Postrider, following Mara (npub1)'],
  ['author.followed', { name: 'npub1abc…xyz', npub: 'npub1abcxyz' }, 'Postrider, following npub1abc…xyz'],
  [
    'gateway.ready',
    { name: 'Postrider#1234', guilds: 1, invite: 'https://discord.com/oauth2/authorize?client_id=1' },
    'Discord ready as Postrider#1234 in 1 server – invite: https://discord.com/oauth2/authorize?client_id=1',
  ],
  [
    'login.accepted',
    { username: 'postrider_bot', link: 'https://t.me/postrider_bot' },
    'Telegram ready as @postrider_bot – https://t.me/postrider_bot',
  ],
  [
    'platform.unreachable',
    { platform: 'discord', reason: 'HTTP 502' },
    "Discord isn't answering (HTTP 502); posts wait",
  ],
  [
    'message.retrying',
    { destination: 'discord:1', afterMs: 90_000 },
    'Delivery to discord:1 failed, trying again in 90 s',
  ],
  ['clock.jumped', { byMs: -7_200_000 }, 'The system clock jumped by -2 h; reconnecting to the relays'],
  ['constructor', {}, undefined],
])('%s %j: %s', (event, fields, words) => expect(said(event, fields)).toBe(words));

function pretty(event: string, fields: Fields): readonly string[] {
  const lines: string[] = [];
  const now = () => new Date(2025, 2, 12, 6, 30);
  const log = createLog({
    level: 'info',
    format: 'pretty',
    secrets: [],
    write: (line) => lines.push(line),
    now,
    messageFor,
  });
  log.warn(event, fields);
  return lines;
}

test('people read the sentence first, then the event and what the sentence left out', () => {
  expect(
    pretty('message.retrying', { destination: 'discord:1', afterMs: 5_000, reason: 'HTTP 502' }),
  ).toEqual([
    '06:30:00 WARN  Delivery to discord:1 failed, trying again in 5 s  event=message.retrying reason=HTTP 502',
  ]);
});

test('what is only shown in part stands behind in full', () => {
  const npub = `npub1${'q'.repeat(58)}`;
  expect(pretty('author.followed', { name: 'Mara', npub })[0]).toContain(
    ` event=author.followed npub=${npub}`,
  );
});

test('what stands there in other words can be searched for all the same', () => {
  const [line = ''] = pretty('relay.withholding', { relay: 'wss://a.example', trouble: 'withholds' });
  expect(line).toContain("doesn't show the author's posts (other relays do)");
  expect(line).toContain(' trouble=withholds');
});

test('what another line says is not shown to people, and an event without a sentence is', () => {
  expect(pretty('platform.connected', { platform: 'discord' })).toEqual([]);
  expect(pretty('some.event', { a: 1 })).toEqual(['06:30:00 WARN  some.event a=1']);
});
