import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../../sandbox/discord/http/faults.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { noteSaying } from '../../../delivery/delivery.fixture.ts';
import { bodyOf, idsOf, messageText, receiptOf, startBot } from '../discord.fixture.ts';
import { DELETE, EDIT, startDelivery } from './delivery.fixture.ts';

const quiet = [paragraph(text('Quiet.'))];
const busy = [paragraph(text('Busy.'))];

describe('a rate-limited edit', () => {
  test.each<readonly [string, Effect, number]>([
    ['because the message is old', { status: 400, code: 30046 }, 600_000],
    ['because it was published to followers', { status: 400, code: 20022 }, 3_600_000],
    ['with a time of its own', { limit: { retryAfter: 20 } }, 20_050],
  ])('(%s) waits, and nothing is lost', async (_, effect, afterMs) => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet), 'n1:0'));
    discord.fault({ route: EDIT, effect });
    expect(await platform.edit(destination, receipt, bodyOf(platform, busy))).toMatchObject({
      status: 'retry',
      scope: 'destination',
      afterMs,
    });
    expect(discord.messages(channel).map(messageText)).toEqual(['Quiet.']);
  });

  test('shows only the latest version in the end', async () => {
    const { discord, channel, clock, store, delivery, shown, answers, counted, until } =
      await startDelivery();
    const version = (words: string) => noteSaying(words, { kind: 30023, tags: [['d', 'port']] });
    const publish = async (words: string) => {
      await store.journal.accept([{ note: version(words), news: true }]);
      delivery.wake();
    };
    await publish('first');
    await until(() => shown().length === 1);
    discord.fault({ route: EDIT, effect: { status: 400, code: 30046 } });
    await publish('second');
    await expect.poll(() => counted('messages_retried_total')).toBe(1);
    await publish('third');
    clock.advance(600_000);
    await until(() => shown().join().includes('third'));
    expect(discord.messages(channel)[0]?.earlier).toHaveLength(1);
    expect(answers(EDIT)).toEqual([400, 200]);
  });
});

describe('a message deleted by a moderator', () => {
  test('stays deleted, without an error', async () => {
    const { discord, channel, store, delivery, publish, takeBack, shown, answers, counted, until } =
      await startDelivery();
    const article = noteSaying('first', { kind: 30023, tags: [['d', 'port']] });
    await store.journal.accept([{ note: article, news: true }]);
    delivery.wake();
    await until(() => shown().length === 1);
    await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages/${discord.messages(channel)[0]?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${discord.token}` },
    });
    const second = noteSaying('second', { kind: 30023, tags: [['d', 'port']] });
    await store.journal.accept([{ note: second, news: true }]);
    delivery.wake();
    await until(() => answers(EDIT).length === 1);
    await takeBack(second.id);
    await publish('next');
    await until(() => shown().length === 1);
    expect([shown(), answers(EDIT), answers(DELETE)]).toEqual([['next'], [404], [204, 404]]);
    expect(counted('messages_rejected_total')).toBe(0);
  });
});

describe('an archived thread', () => {
  async function inThread() {
    const stage = await startBot();
    const { discord, guild, channel, platform } = stage;
    const thread = discord.world.addChannel(guild, { name: 'letters', kind: 'thread', parent: channel });
    const destination = `discord:${thread.id}`;
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet), 'n1:0'));
    const archive = (locked = false) => discord.world.changeChannel(thread, { archived: true, locked });
    return { ...stage, thread, destination, receipt, archive };
  }

  test('is reopened to edit or delete messages', async () => {
    const { discord, thread, platform, destination, receipt, archive } = await inThread();
    archive();
    receiptOf(await platform.edit(destination, receipt, bodyOf(platform, busy)));
    expect(discord.messages(thread).map(messageText)).toEqual(['Busy.']);
    archive();
    receiptOf(await platform.remove(destination, receipt));
    expect(discord.messages(thread)).toEqual([]);
  });

  test('that is locked stays closed until unlocked', async () => {
    const { discord, thread, platform, destination, receipt, archive } = await inThread();
    archive(true);
    expect(await platform.edit(destination, receipt, bodyOf(platform, busy))).toMatchObject({
      status: 'unreachable',
      gone: false,
      fix: en.discord.fixes.archived,
    });
    expect(await platform.send(destination, bodyOf(platform, busy), 'n2:0')).toMatchObject({
      status: 'unreachable',
      gone: false,
      fix: en.discord.fixes.locked,
    });
    expect(discord.messages(thread).map(({ id }) => id)).toEqual(idsOf(receipt));
  });
});
