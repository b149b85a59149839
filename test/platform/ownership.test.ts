import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../sandbox/discord/discord.ts';
import { startTelegram } from '../../sandbox/telegram/telegram.ts';
import { silentLog } from '../../src/lib/log.ts';
import { paragraph, text } from '../../src/note/document.ts';
import { createDiscord } from '../../src/platform/discord/discord.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createTelegram } from '../../src/platform/telegram/telegram.ts';
import { ready } from '../ready.fixture.ts';

/** A platform's adapter that may ask only while this says so, a destination, and how many requests have arrived. */
async function stage(name: Platform['name'], mayRequest: () => boolean) {
  if (name === 'discord') {
    const server = await startDiscord({ limits: 'off' });
    onTestFinished(server.stop);
    const channel = server.world.addChannel(server.world.addGuild({ name: 'Harbour' }), { name: 'news' });
    const { token, apiUrl } = server;
    const platform = createDiscord({ token, apiUrl, log: silentLog, mayRequest });
    return { platform, destination: `discord:${channel.id}`, arrived: () => server.messages(channel).length };
  }
  const server = await startTelegram();
  onTestFinished(server.stop);
  const chat = server.channel({
    title: 'News',
    owner: server.person({ firstName: 'Ada' }),
    bot: 'administrator',
  });
  const { token, apiUrl } = server;
  const platform = createTelegram({ token, apiUrl, log: silentLog, mayRequest });
  return { platform, destination: `telegram:${chat.id}`, arrived: () => server.messages(chat).length };
}

test.each(['discord', 'telegram'] as const)(
  '%s: without the right to, nothing is sent, and that is certain',
  async (name) => {
    let isOwner = true;
    const { platform, destination, arrived } = await stage(name, () => isOwner);
    onTestFinished(platform.stop);
    const [body] = platform.render(ready([paragraph(text('The port is quiet.'))]), '');
    const send = () => platform.send(destination, body!, 'note:0');
    const sent = await send();
    expect(sent.status).toBe('sent');
    const receipt = sent.status === 'sent' ? sent.receipt : '';

    isOwner = false;
    const refused = { status: 'retry', uncertain: false };
    expect(await platform.send(destination, body!, 'other:0')).toMatchObject(refused);
    expect(await platform.edit(destination, receipt, body!)).toMatchObject(refused);
    expect(await platform.remove(destination, receipt)).toMatchObject(refused);
    expect(arrived()).toBe(1);

    isOwner = true;
    expect((await platform.remove(destination, receipt)).status).toBe('sent');
  },
);
