import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { startTelegram } from '../../../../sandbox/telegram/telegram.ts';
import type { StoredMessage } from '../../../../sandbox/telegram/world/world.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { searchedFor } from '../../../../src/i18n/symbols.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { NOTHING_RESOLVED } from '../../../../src/note/references/references.ts';
import type { Prompt } from '../../../../src/platform/telegram/commands/prompts.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { author, notes, startProgram } from '../../../contract/platform/program.fixture.ts';

const { form } = en.commands.suggest;
const thanks = en.suggest.thanks(author.name);

/** The text without the word joiners that keep words from becoming links. */
const wordsOf = ({ message }: StoredMessage): string => (message.text ?? '').replaceAll('\u2060', '');

/** A group with two members who have both started the bot, and the program behind it. */
async function stage(name = author.name) {
  const telegram = await startTelegram();
  const setting = { notes, author: { ...author, name }, knowledge: NOTHING_RESOLVED };
  const program = await startProgram(commands, setting);
  const kept = new Map<string, Prompt>();
  const prompts = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, asked: Prompt) => kept.set(key, asked),
    delete: async (key: string) => kept.delete(key),
  };
  const { token, apiUrl } = telegram;
  const start = async () => {
    const platform = createTelegram({ token, apiUrl, log: silentLog, prompts });
    await platform.start(program.host);
    return platform;
  };
  let platform = await start();
  onTestFinished(async () => {
    await platform.stop();
    await program.stop();
    await telegram.stop();
  });
  const [tam, ada] = ['Tam', 'Ada'].map((firstName) => telegram.person({ firstName, language: 'en' }));
  if (!tam || !ada) throw new Error('Nobody is there');
  const group = telegram.supergroup({ title: 'Harbour', owner: ada, bot: 'member' });
  telegram.setStatus(group, tam, 'member');
  const said = (chat: { readonly id: number }) =>
    telegram.messages(chat).filter(({ byBot, deleted }) => byBot && !deleted);
  /** Sends a text and returns the bot's next message in that chat. */
  async function say(text: string, chat: { readonly id: number } = tam!, user = tam!, replyTo?: number) {
    const before = said(chat).length;
    telegram.say({ chat, user, text, ...(replyTo !== undefined && { replyTo }) });
    await telegram.until(() => said(chat).length > before);
    return said(chat).at(-1)!;
  }
  async function restart(): Promise<void> {
    await platform.stop();
    platform = await start();
  }
  return { telegram, program, tam, ada, group, said, say, restart, kept };
}

test('a prompt opens a reply and says how to cancel', async () => {
  const { say } = await stage();
  const asked = await say('/suggest');
  expect(asked.message.text).toBe(`${form.question(author.name)}\n${en.suggest.cancel}`);
  expect(asked.asksReply).toBe(form.hint);
});

test("an author's name mentions nobody", async () => {
  const { say, group } = await stage('@ada_reads /stop');
  const { message } = await say('/suggest', group);
  expect(message.text?.replaceAll('\u2060', '')).toContain('@ada_reads /stop');
  expect(message.entities ?? []).toEqual([]);
});

test('/cancel ends a prompt, and does nothing without one', async () => {
  const { say, program } = await stage();
  await say('/suggest');
  expect((await say('/cancel')).message.text).toBe(en.suggest.cancelled);
  expect((await say('lithium')).message.text).toContain('lithium');
  expect(wordsOf(await say('/cancel'))).toBe(en.problem.unknownCommand('cancel'));
  expect(program.letters.received).toEqual([]);
});

test('another command ends the prompt', async () => {
  const { say, program } = await stage();
  await say('/suggest');
  await say('/status');
  expect((await say('lithium')).message.text).toContain(searchedFor('lithium').slice(0, 6));
  expect(program.letters.received).toEqual([]);
});

test('options typed with the command are used', async () => {
  const { say, program, kept } = await stage();
  await say('/suggest');
  await say('/suggest the tides');
  expect((await program.letters.next()).content).toContain('> the tides');
  expect(kept.size).toBe(0);
});

test('a prompt survives a restart', async () => {
  const { say, program, restart } = await stage();
  await say('/suggest');
  await restart();
  expect((await say('the salt works')).message.text).toContain(thanks);
  expect((await program.letters.next()).content).toContain('> the salt works');
});

test('in a group, only a reply by the prompted user counts', async () => {
  const { telegram, say, said, group, tam, ada, program } = await stage();
  const { message: other } = await say('/status', group);
  const { message } = await say('/suggest', group);
  const before = said(group).length;
  telegram.say({ chat: group, user: tam, text: 'All is well, is it?', replyTo: other.message_id });
  telegram.say({ chat: group, user: tam, text: 'I have no idea' });
  telegram.say({ chat: group, user: ada, text: 'Gulls!', replyTo: message.message_id });
  expect((await say('The salt works', group, tam, message.message_id)).message.text).toContain(thanks);
  expect(said(group).length).toBe(before + 1);
  expect(program.letters.received.map(({ content }) => /^> (.*)$/mu.exec(content)?.[1])).toEqual([
    'The salt works',
  ]);
});

test('nobody is prompted in a channel', async () => {
  const { telegram, said, program, ada } = await stage();
  const channel = telegram.channel({ title: 'News', owner: ada, bot: 'administrator' });
  for (const [index, text] of ['/suggest', '/suggest the tides'].entries()) {
    telegram.channelPost(channel, text);
    await telegram.until(() => said(channel).length > index);
  }
  expect(said(channel).map((shown) => [wordsOf(shown), shown.asksReply])).toEqual([
    [
      en.problem.withExample(en.problem.missing.topic, en.commands.suggest.example).replaceAll('\u00a0', ' '),
      undefined,
    ],
    [en.suggest.anonymous, undefined],
  ]);
  expect(program.letters.received).toEqual([]);
});
