import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

const PUBLIC_URL = 'http://127.0.0.1:1/notes/';

test('a new post is on the public site, chats link to it there, and what is deleted is gone from it', async () => {
  const world = await startEnvironment();
  const program = world.start({ PUBLIC_URL, PUBLIC_PORT: '0' });
  await program.ready();
  const { url, publicUrl } = await program.logged('site.listening');
  expect(publicUrl).toBe(PUBLIC_URL);
  const note = world.author.note('The ferry is late.', { createdAt: Math.floor(Date.now() / 1000) + 1 });
  world.relay.publish(note);
  await world.discord.until(() => world.shown().discord.length > 0);

  const path = `post/${note.id.slice(0, 16)}`;
  expect(JSON.stringify(world.discord.messages(world.discord.channel))).toContain(PUBLIC_URL + path);
  const ask = async (below: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${String(url)}/notes/${below}`);
    return { status: response.status, text: await response.text() };
  };
  // It is dated a second ahead.
  await expect.poll(() => ask(path), { timeout: 10_000 }).toMatchObject({ status: 200 });
  expect((await ask('feed.json')).text).toContain(`${PUBLIC_URL}${path}`);
  expect((await ask('search?q=ferry')).text).toContain('The ferry is late.');

  world.relay.publish(world.author.deletion([note], { createdAt: Math.floor(Date.now() / 1000) + 2 }));
  await program.logged('note.deleted');
  expect(await ask(path)).toMatchObject({ status: 410 });
  for (const list of ['', 'feed.json', 'search?q=ferry'])
    expect((await ask(list)).text).not.toContain('is late');

  program.kill('SIGTERM');
  expect(await program.exit).toEqual({ code: 0, signal: null });
  await expect(fetch(String(url))).rejects.toThrow('fetch failed');
}, 60_000);

test('a port that is taken is a mistake of the operator', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const world = await startEnvironment();
  const program = world.start({ PUBLIC_URL, PUBLIC_PORT: String(port) });
  expect(await program.exit).toMatchObject({ code: 2 });
  expect(program.plain()).toMatch(/PUBLIC_PORT: can't listen on .*EADDRINUSE/u);
}, 60_000);
