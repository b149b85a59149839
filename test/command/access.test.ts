import { expect, test } from 'vitest';
import { createAccess } from '../../src/command/access.ts';
import type { Chat } from '../../src/command/chat.ts';
import { RATE_LIMITS } from '../../src/command/rate-limits.ts';
import type { UserRequest } from '../../src/command/request.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import { silentLog } from '../../src/lib/log.ts';

const texts = textsFor('en');
const LATEST = { for: 'readers' } as const;
const SUBSCRIBE = { for: 'managers' } as const;
const ADMITTED = { isManager: false };

function setup() {
  const clock = { nowMs: 0 };
  const access = createAccess(() => clock.nowMs, silentLog);
  type Options = Partial<Pick<UserRequest, 'managersOnly'>> & {
    readonly isManager?: UserRequest['user']['isManager'];
    readonly destination?: string;
    readonly type?: 'command' | 'callback';
  };
  function admit(id: string, command: { readonly for: 'readers' | 'managers' }, options: Options = {}) {
    const { isManager = false, destination = 'discord:1', type = 'command', ...more } = options;
    const chat = { destination } as Chat;
    const user = { id, isManager, language: 'en' };
    const request = { platform: 'discord', user, chat: () => chat, type, ...more } as unknown as UserRequest;
    return access.admit(request, command, chat, texts);
  }
  return { admit, clock };
}

const tooOften = (seconds: number, isFirst: boolean) => ({
  refusal: { sentence: texts.platform.tooOften(seconds), isFirst },
});

test('a rate-limited user is told when to retry, and is admitted then', async () => {
  const { admit, clock } = setup();
  for (let count = 0; count < RATE_LIMITS.user.burst; count += 1)
    expect(await admit('discord:7', LATEST)).toEqual(ADMITTED);
  expect(await admit('discord:7', LATEST)).toEqual(tooOften(3, true));
  clock.nowMs += 2_000;
  expect(await admit('discord:7', LATEST)).toEqual(tooOften(1, false));
  clock.nowMs += 1_000;
  expect(await admit('discord:7', LATEST)).toEqual(ADMITTED);
});

test('a crowd shares a limit, but managers can still set up the chat', async () => {
  const { admit } = setup();
  const ada = { isManager: true };
  for (let count = 0; count < RATE_LIMITS.chat.burst; count += 1) await admit(`discord:${count}`, LATEST);
  expect(await admit('discord:new', LATEST)).toHaveProperty('refusal');
  expect(await admit('discord:new', SUBSCRIBE)).toHaveProperty('refusal');
  expect(await admit('discord:ada', LATEST, ada)).toHaveProperty('refusal');
  for (let count = 0; count < RATE_LIMITS.manager.burst; count += 1)
    expect(await admit('discord:ada', SUBSCRIBE, ada)).toEqual(ada);
  expect(await admit('discord:ada', SUBSCRIBE, ada)).toHaveProperty('refusal');
});

test('the topics of a chat share its limit', async () => {
  const { admit } = setup();
  for (let count = 0; count < RATE_LIMITS.chat.burst; count += 1)
    await admit(`telegram:${count}`, LATEST, { destination: `telegram:-5/${count}` });
  expect(await admit('telegram:new', LATEST, { destination: 'telegram:-5' })).toHaveProperty('refusal');
});

test('a rate-limited user isn’t looked up, and one who isn’t a manager counts with the crowd', async () => {
  const { admit } = setup();
  let lookups = 0;
  const isManager = async (): Promise<boolean> => (lookups += 1) < 0;
  for (let count = 0; count < RATE_LIMITS.user.burst; count += 1)
    expect(await admit('telegram:7', SUBSCRIBE, { isManager })).toEqual(ADMITTED);
  expect(await admit('telegram:7', LATEST, { isManager })).toHaveProperty('refusal');
  while ('isManager' in (await admit('telegram:8', SUBSCRIBE, { isManager: true })));
  lookups = 0;
  expect(await admit('telegram:8', SUBSCRIBE, { isManager })).toHaveProperty('refusal');
  expect(await admit('telegram:7', LATEST, { isManager })).toHaveProperty('refusal');
  expect(lookups).toBe(0);
});

test('only managers can press managers’ buttons; a command is refused in its answer', async () => {
  const { admit } = setup();
  const notYours = { refusal: { sentence: texts.byPlatform.discord.managersOnly, isFirst: true } };
  expect(await admit('discord:7', SUBSCRIBE, { type: 'callback' })).toEqual(notYours);
  expect(await admit('discord:7', SUBSCRIBE)).toEqual(ADMITTED);
  expect(await admit('discord:7', SUBSCRIBE, { type: 'callback', isManager: true })).toEqual({
    isManager: true,
  });
});

test('if only managers may use the bot, everybody else is told so', async () => {
  const { admit } = setup();
  const managersOnly = () => 'Only here';
  expect(await admit('telegram:7', LATEST, { managersOnly })).toEqual({
    refusal: { sentence: 'Only here', isFirst: true },
  });
  expect(await admit('telegram:8', LATEST, { managersOnly, isManager: async () => true })).toEqual({
    isManager: true,
  });
});
