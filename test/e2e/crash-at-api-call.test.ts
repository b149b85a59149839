// oxlint-disable vitest/expect-expect -- `killAt` asserts
import { describe, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { type AllowedRepeats, type KillPoint, killAtEach } from './kill-points.fixture.ts';

const DOUBT: AllowedRepeats = { repeats: [0], doubts: [1] };
const REPEAT: AllowedRepeats = { repeats: [1], doubts: [1] };
/** Whether the response was processed, or the other platform had a call in progress, is random. */
const EITHER: AllowedRepeats = { repeats: [0, 1], doubts: [0, 1] };

type When = 'before it is carried out' | 'before it is answered' | 'when it is answered';

/** Kills the program during a call to Telegram. */
const onTelegram = (method: string, when: When, toll: AllowedRepeats, act?: KillPoint['act']): KillPoint => ({
  name: `Telegram ${method} ${when}`,
  prepare({ telegram }, program) {
    const kill = (): void => void program.kill('SIGKILL');
    if (when === 'when it is answered')
      // The response is sent after this.
      telegram.on('call', (call) => call.method === method && setImmediate(kill));
    else
      telegram.fault({
        method,
        onHit: kill,
        effect: { kind: 'reset', when: when === 'before it is carried out' ? 'before' : 'after' },
      });
  },
  toll,
  ...(act && { act }),
});

const ROUTES = {
  send: 'POST /channels/:channel/messages',
  edit: 'PATCH /channels/:channel/messages/:message',
  remove: 'DELETE /channels/:channel/messages/:message',
};

/** Kills the program during a call to Discord. */
const onDiscord = (call: keyof typeof ROUTES, when: When, act?: KillPoint['act']): KillPoint => ({
  name: `Discord ${call} ${when}`,
  prepare({ discord }, program) {
    const kill = (): void => void program.kill('SIGKILL');
    const route = ROUTES[call];
    if (when === 'when it is answered') discord.on('request', (request) => request.route === route && kill());
    else
      discord.fault({
        route,
        onHit: kill,
        effect: when === 'before it is carried out' ? 'reset before' : 'reset after',
      });
  },
  toll: EITHER,
  ...(act && { act }),
});

test(
  'killed while Telegram has a call in hand, the program goes on where it was; what may come twice is counted',
  () =>
    killAtEach([
      onTelegram('sendMessage', 'before it is carried out', DOUBT),
      onTelegram('sendMessage', 'before it is answered', REPEAT),
      onTelegram('sendMessage', 'when it is answered', EITHER),
      onTelegram('editMessageText', 'before it is carried out', DOUBT, 'edit'),
      onTelegram('editMessageText', 'before it is answered', DOUBT, 'edit'),
      onTelegram('deleteMessages', 'before it is carried out', DOUBT, 'delete'),
      onTelegram('deleteMessages', 'before it is answered', DOUBT, 'delete'),
    ]),
  180_000,
);

test(
  'killed while Discord has a call in hand, the program goes on where it was, and nothing comes twice',
  () =>
    killAtEach([
      onDiscord('send', 'before it is carried out'),
      onDiscord('send', 'before it is answered'),
      onDiscord('send', 'when it is answered'),
      onDiscord('edit', 'before it is carried out', 'edit'),
      onDiscord('edit', 'before it is answered', 'edit'),
      onDiscord('remove', 'before it is carried out', 'delete'),
      onDiscord('remove', 'before it is answered', 'delete'),
    ]),
  180_000,
);

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();
  test(
    'killed while a platform has a call in hand, the program goes on where it was',
    async () =>
      killAtEach(
        [
          onTelegram('sendMessage', 'before it is answered', REPEAT),
          onTelegram('editMessageText', 'before it is answered', DOUBT, 'edit'),
          onDiscord('send', 'before it is answered'),
          onDiscord('remove', 'before it is carried out', 'delete'),
        ],
        undefined,
        { DATABASE_URL: await server.createDatabase() },
      ),
    180_000,
  );
});
