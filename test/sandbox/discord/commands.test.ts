import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeDiscord, startDiscord } from '../../../sandbox/discord/discord.ts';
import { call, errorLeaves, LATEST } from './discord.fixture.ts';

let discord: FakeDiscord;
beforeAll(async () => {
  discord = await startDiscord({ limits: 'off' });
});
afterAll(() => discord.stop());

const option = (more: object) => ({ type: 3, name: 'words', description: 'd', ...more });
const command = (more: object) => [{ name: 'latest', description: 'd', ...more }];
test.each<[string, unknown, string]>([
  ['an upper-case name', command({ name: 'Latest' }), '0.name: APPLICATION_COMMAND_INVALID_NAME'],
  ['a name with blanks', command({ name: 'the latest' }), '0.name: APPLICATION_COMMAND_INVALID_NAME'],
  ['a name of 33', command({ name: 'x'.repeat(33) }), '0.name: BASE_TYPE_BAD_LENGTH'],
  ['no description', [{ name: 'latest' }], '0.description: BASE_TYPE_REQUIRED'],
  ['a description of 101', command({ description: 'x'.repeat(101) }), '0.description: BASE_TYPE_BAD_LENGTH'],
  ['the same name twice', [LATEST, LATEST], '1: APPLICATION_COMMANDS_DUPLICATE_NAME'],
  [
    'an unknown locale',
    command({ name_localizations: { xx: 'latest' } }),
    '0.name_localizations: ENUM_TYPE_COERCE',
  ],
  [
    'a bad localised name',
    command({ name_localizations: { de: 'Neu' } }),
    '0.name_localizations.de: APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'required after optional',
    command({ options: [option({}), option({ name: 'b', required: true })] }),
    '0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'an option twice',
    command({ options: [option({}), option({})] }),
    '0.options.1: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ],
  [
    '26 options',
    command({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) }),
    '0.options: BASE_TYPE_MAX_LENGTH',
  ],
  [
    '26 choices',
    command({
      options: [option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) })],
    }),
    '0.options.0.choices: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a text as choice of an integer',
    command({ options: [option({ type: 4, choices: [{ name: 'a', value: 'a' }] })] }),
    '0.options.0.choices.0.value: NUMBER_TYPE_COERCE',
  ],
  [
    'a subcommand beside an option',
    command({ options: [option({}), option({ type: 1, name: 's' })] }),
    '0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a length for an integer',
    command({ options: [option({ type: 4, max_length: 5 })] }),
    '0.options.0.max_length: APPLICATION_COMMAND_OPTION_FIELD_INVALID',
  ],
  ['no contexts at all', command({ contexts: [] }), '0.contexts: BASE_TYPE_MIN_LENGTH'],
  [
    'permissions that are no number',
    command({ default_member_permissions: 'ManageGuild' }),
    '0.default_member_permissions: STRING_TYPE_REGEX',
  ],
  [
    '8001 characters',
    command({
      options: Array.from({ length: 25 }, (_, n) =>
        option({
          name: `o${n}`,
          choices: Array.from({ length: 4 }, (_, m) => ({ name: `${m}${'n'.repeat(80)}`, value: 'v' })),
        }),
      ),
    }),
    '0: APPLICATION_COMMAND_TOO_LARGE',
  ],
])('commands with %s are refused', async (_name, body, leaf) => {
  const answer = await call(discord, 'PUT', `/applications/${discord.world.applicationId}/commands`, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
  expect(errorLeaves(answer.body['errors'])).toContain(leaf);
});

test('101 commands are refused', async () => {
  const list = Array.from({ length: 101 }, (_, n) => ({ ...LATEST, name: `c${n}` }));
  const path = `/applications/${discord.world.applicationId}/commands`;
  expect(await call(discord, 'PUT', path, list)).toMatchObject({ status: 400, body: { code: 30032 } });
});
