import { expect, test } from 'vitest';
import type { AutocompleteRequest } from '../../../../src/command/request.ts';
import { fakeHost, recordingLog, startBot } from '../discord.fixture.ts';

/** The adapter with a host that suggests these values. `complete` types into `/latest words:` in its channel. */
async function start(suggest: (request: AutocompleteRequest) => Promise<readonly string[]>) {
  const { log, lines } = recordingLog();
  const { discord, channel, mira, platform } = await startBot({ log, patienceMs: 300 });
  await platform.start(fakeHost(undefined, [], { autocomplete: suggest }).host);
  const complete = (typed: string) =>
    discord.autocomplete({ user: mira, channel, name: 'latest', focused: ['words', typed], locale: 'de' });
  return { discord, lines, complete, slash: () => discord.slash({ user: mira, channel, name: 'latest' }) };
}

test('the host gets the typed text, and its suggestions are shown', async () => {
  const requests: AutocompleteRequest[] = [];
  const { complete, discord } = await start(async (request) => {
    requests.push(request);
    return ['#lithium', 'Lithium letter'];
  });
  expect(await complete('lith')).toEqual([
    { name: '#lithium', value: '#lithium' },
    { name: 'Lithium letter', value: 'Lithium letter' },
  ]);
  expect(requests).toEqual([
    {
      command: 'latest',
      option: 'words',
      typed: 'lith',
      user: expect.stringMatching(/^discord:\d+$/u),
      language: 'de',
    },
  ]);
  expect(discord.unknownRequests()).toEqual([]);
});

test('nothing is suggested if the host takes too long', async () => {
  const { complete } = await start(() => new Promise(() => {}));
  expect(await complete('lith')).toEqual([]);
});

test('refused suggestions are logged, and the next command is answered', async () => {
  const { discord, complete, slash, lines } = await start(async () => ['x'.repeat(101)]);
  const refused = discord.next('request', ({ status }) => status === 400);
  void complete('lith');
  await refused;
  expect(await slash()).toMatchObject({ status: 'answered' });
  expect(lines.filter((line) => line.startsWith('autocomplete.failed'))).toHaveLength(1);
});
