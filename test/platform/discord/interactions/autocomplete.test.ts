import { expect, test } from 'vitest';
import type { AutocompleteRequest } from '../../../../src/command/request.ts';
import { fakeHost, recordingLog, startBot } from '../discord.fixture.ts';

/** The adapter over a host that suggests so, and what is typed into `/latest words:` in its channel. */
async function stage(suggest: (typing: AutocompleteRequest) => Promise<readonly string[]>) {
  const { log, lines } = recordingLog();
  const { discord, channel, mira, platform } = await startBot({ log, patienceMs: 300 });
  await platform.start(fakeHost(undefined, [], { autocomplete: suggest }).host);
  const complete = (typed: string) =>
    discord.autocomplete({ user: mira, channel, name: 'latest', focused: ['words', typed], locale: 'de' });
  return { discord, lines, complete, slash: () => discord.slash({ user: mira, channel, name: 'latest' }) };
}

test('what is being typed reaches the command, and what it suggests is shown', async () => {
  const asked: AutocompleteRequest[] = [];
  const { complete, discord } = await stage(async (typing) => {
    asked.push(typing);
    return ['#lithium', 'Lithium letter'];
  });
  expect(await complete('lith')).toEqual([
    { name: '#lithium', value: '#lithium' },
    { name: 'Lithium letter', value: 'Lithium letter' },
  ]);
  expect(asked).toEqual([
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

test('nothing is suggested where finding it takes too long', async () => {
  const { complete } = await stage(() => new Promise(() => {}));
  expect(await complete('lith')).toEqual([]);
});

test('suggestions that Discord refuses are lost, and the next command is answered', async () => {
  const { discord, complete, slash, lines } = await stage(async () => ['x'.repeat(101)]);
  const refused = discord.next('request', ({ status }) => status === 400);
  void complete('lith');
  await refused;
  expect(await slash()).toMatchObject({ status: 'answered' });
  expect(lines.filter((line) => line.startsWith('autocomplete.failed'))).toHaveLength(1);
});
