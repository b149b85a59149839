import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { startTelegram } from '../../../../sandbox/telegram/telegram.ts';
import type { Chat, User } from '../../../../sandbox/telegram/world/api-types.ts';
import type { MemberStatus } from '../../../../sandbox/telegram/world/world.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { NOTHING_RESOLVED } from '../../../../src/note/references/references.ts';
import type { SetupMessage } from '../../../../src/platform/telegram/commands/setup-cleanup.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { author, notes, startProgram } from '../../../contract/platform/program.fixture.ts';

const { cleanUp: said } = en.telegram;
const HOUR_MS = 3_600_000;

/** A group, a forum and a channel of Ada's, and the program behind the bot. `bot`: its status in the groups. */
async function stage(bot: MemberStatus = 'administrator') {
  const clock = { nowMs: Date.UTC(2027, 0, 1) };
  const telegram = await startTelegram({ now: () => clock.nowMs });
  const tidied: string[] = [];
  const program = await startProgram(
    commands,
    { notes, author, knowledge: NOTHING_RESOLVED },
    { post: async () => [], deleteAll: async (destination) => tidied.push(destination) > 0 },
  );
  const kept = new Map<string, readonly SetupMessage[]>();
  const start = async () => {
    const platform = createTelegram({
      token: telegram.token,
      apiUrl: telegram.apiUrl,
      log: silentLog,
      now: () => clock.nowMs,
      setupMessages: {
        get: async (key) => kept.get(key),
        set: async (key, messages) => kept.set(key, messages),
        delete: async (key) => kept.delete(key),
      },
    });
    await platform.start(program.host);
    return platform;
  };
  let platform = await start();
  onTestFinished(async () => {
    await platform.stop();
    await program.stop();
    await telegram.stop();
  });
  const [ada, tam] = [telegram.person({ firstName: 'Ada' }), telegram.person({ firstName: 'Tam' })];
  const group = telegram.supergroup({ title: 'Harbour', owner: ada, bot });
  const forum = telegram.supergroup({ title: 'Quay', owner: ada, forum: true, bot });
  const channel = telegram.channel({ title: 'Salt', owner: ada, bot: 'administrator' });
  for (const chat of [group, forum]) telegram.setStatus(chat, tam, 'member');

  const standing = (chat: Chat) => telegram.messages(chat).filter(({ deleted }) => !deleted);
  /** Service messages have no text. */
  const wordsIn = (chat: Chat) =>
    standing(chat).flatMap(({ message: { text, caption } }) => text ?? caption ?? []);
  const answers = (chat: Chat) => standing(chat).filter(({ byBot }) => byBot);
  const buttonsOf = ({ message }: ReturnType<typeof standing>[number]) =>
    (message.reply_markup?.inline_keyboard ?? []).flat();
  /** Sends a text and returns the bot's last message once it has answered. */
  async function ask(chat: Chat, text: string, user: User = ada, topic?: number) {
    const before = telegram.messages(chat).filter(({ byBot }) => byBot).length;
    if (chat.type === 'channel') telegram.channelPost(chat, text);
    else telegram.say({ chat, user, text, ...(topic !== undefined && { topic }) });
    await telegram.until(() => telegram.messages(chat).filter(({ byBot }) => byBot).length > before);
    return answers(chat).at(-1)!;
  }
  /** Presses the button of the last message that has it, and returns the notification. */
  async function press(chat: Chat, label: string = said.button, user: User = ada) {
    const shown = answers(chat).findLast((one) => buttonsOf(one).some(({ text }) => text === label));
    const button = shown && buttonsOf(shown).find(({ text }) => text === label);
    if (!shown || !button || !('callback_data' in button)) throw new Error(`No button "${label}"`);
    return telegram.press({ message: shown.message, user, data: button.callback_data }).answered;
  }
  async function restart(): Promise<void> {
    await platform.stop();
    platform = await start();
  }
  return {
    telegram,
    program,
    clock,
    ada,
    tam,
    group,
    forum,
    channel,
    standing,
    wordsIn,
    answers,
    buttonsOf,
    ask,
    press,
    restart,
    kept,
    tidied,
  };
}

test('one tap deletes all setup messages and commands, and nothing else', async () => {
  const { telegram, ada, group, wordsIn, ask, press, kept, tidied } = await stage();
  telegram.say({ chat: group, user: ada, text: 'good morning' });
  await ask(group, '/latest 1');
  const before = wordsIn(group);
  await ask(group, '/subscribe');
  await ask(group, '/settings');
  expect(wordsIn(group).length).toBeGreaterThan(before.length + 3);
  expect(await press(group)).toMatchObject({ text: said.done, alert: false });
  expect(wordsIn(group)).toEqual(before);
  await expect.poll(() => tidied).toEqual([`telegram:${group.id}`]);
  expect(kept.size).toBe(0);
});

test('messages added or changed by buttons are deleted, too', async () => {
  const { group, wordsIn, ask, press, telegram, answers } = await stage();
  await ask(group, '/subscribe');
  const before = answers(group).length;
  await press(group, en.settings.presets.everything);
  await telegram.until(() => answers(group).length > before);
  await press(group);
  expect(wordsIn(group)).toEqual([]);
});

test('it works after a restart', async () => {
  const { group, wordsIn, ask, press, restart } = await stage();
  await ask(group, '/subscribe');
  await restart();
  expect(await press(group)).toMatchObject({ text: said.done });
  expect(wordsIn(group)).toEqual([]);
});

test("without the right to delete, only the bot's messages go", async () => {
  const { group, wordsIn, ask, press } = await stage('member');
  await ask(group, '/subscribe');
  await ask(group, '/unsubscribe');
  expect(await press(group)).toMatchObject({ text: said.commandsStay });
  expect(wordsIn(group)).toEqual(['/subscribe', '/unsubscribe']);
});

test('it works in a channel', async () => {
  const { channel, wordsIn, ask, press } = await stage();
  await ask(channel, '/subscribe');
  expect(await press(channel)).toMatchObject({ text: said.done });
  expect(wordsIn(channel)).toEqual([]);
});

test('only managers can do it', async () => {
  const { group, channel, tam, wordsIn, ask, press } = await stage();
  for (const [chat, sentence] of [
    [group, en.byPlatform.telegram.managersOnly],
    [channel, en.telegram.notInChannels],
  ] as const) {
    await ask(chat, '/subscribe');
    const before = wordsIn(chat);
    expect(await press(chat, said.button, tam)).toMatchObject({ text: sentence, alert: true });
    expect(wordsIn(chat)).toEqual(before);
  }
});

test('messages older than two days stay, and the last one says so', async () => {
  const { group, clock, wordsIn, answers, buttonsOf, ask, press, kept } = await stage();
  await ask(group, '/unsubscribe');
  await expect.poll(() => kept.size).toBe(1);
  clock.nowMs += 48 * HOUR_MS;
  await ask(group, '/settings');
  const [old] = answers(group);
  const [label] = buttonsOf(old!).map(({ text }) => text);
  expect(label).toBe(said.button);
  expect(await press(group)).toMatchObject({ text: said.done });
  expect(wordsIn(group)).toEqual(['/unsubscribe', en.unsubscribe.none]);
  expect(await press(group)).toMatchObject({ text: said.tooOld });
  expect(wordsIn(group)).toEqual(['/unsubscribe', said.over]);
  expect(buttonsOf(answers(group)[0]!)).toEqual([]);
});

test('each topic of a forum is cleaned up separately', async () => {
  const { telegram, forum, ada, wordsIn, ask, press } = await stage();
  const [one, other] = [telegram.createTopic(forum, 'One'), telegram.createTopic(forum, 'Other')];
  await ask(forum, '/unsubscribe', ada, one);
  await ask(forum, '/settings', ada, other);
  await press(forum);
  expect(wordsIn(forum)).toEqual(['/unsubscribe', en.unsubscribe.none]);
});

test('after an outage, the next tap does it', async () => {
  const { telegram, group, wordsIn, ask, press } = await stage();
  await ask(group, '/subscribe');
  telegram.fault({
    method: 'deleteMessages',
    effect: { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 9', retryAfter: 9 },
  });
  expect(await press(group)).toMatchObject({ text: en.platform.failed, alert: true });
  expect(await press(group)).toMatchObject({ text: said.done });
  expect(wordsIn(group)).toEqual([]);
});

test('other answers and private chats have no cleanup button', async () => {
  const { telegram, ada, tam, group, answers, buttonsOf, ask } = await stage();
  await ask(group, '/help');
  telegram.say({ chat: ada, user: ada, text: '/settings' });
  const inPrivate = () => telegram.messages(ada).filter(({ byBot }) => byBot);
  await telegram.until(() => inPrivate().length > 0);
  for (const shown of [...answers(group), ...inPrivate()])
    expect(buttonsOf(shown).map(({ text }) => text)).not.toContain(said.button);
  // A refusal in a group can be cleaned up, too.
  await ask(group, '/settings', tam);
  expect(buttonsOf(answers(group).at(-1)!).map(({ text }) => text)).toEqual([said.button]);
});
