import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import type { Block } from '../../../../src/note/document.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { ready } from '../../../ready.fixture.ts';
import { usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();

test("a send succeeds even if the file id can't be stored", async () => {
  const url = 'https://pictures.example/dawn.jpg';
  const chat = wire.telegram.person({ firstName: 'Wren' });
  const full = () => Promise.reject(new Error('database or disk is full'));
  const forgotten: string[] = [];
  const platform = createTelegram({
    token: wire.telegram.token,
    apiUrl: wire.telegram.apiUrl,
    log: { ...silentLog, warn: (event) => void forgotten.push(event) },
    files: { get: full, set: full, delete: full },
  });
  const picture: Block = { type: 'media', items: [{ kind: 'image', url, alternatives: [] }] };
  const [body] = platform.render(ready([picture]), 'classic');
  if (!body) throw new Error('No body');
  expect(await platform.send(`telegram:${chat.id}`, body, 'k')).toMatchObject({ status: 'sent' });
  expect(wire.telegram.calls.map(({ method }) => method)).toEqual(['sendPhoto']);
  expect(new Set(forgotten)).toEqual(new Set(['file.cache_failed']));
});
