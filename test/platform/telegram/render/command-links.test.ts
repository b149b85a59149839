import { expect, test } from 'vitest';
import { linkCommands } from '../../../../src/command/views/command-links.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();

test('commands in our sentences can be touched, those in words of others can’t', async () => {
  await wire.start();
  const user = wire.telegram.person({ firstName: 'Wren' });
  wire.answer = () => [
    paragraph(...linkCommands(en.read.notFound('/stop /latest'))),
    paragraph(...linkCommands(en.subscribe.stopWith('stop'))),
    paragraph(text('A note that says /stop')),
  ];
  wire.telegram.say({ chat: user, user, text: '/read x' });
  const message = await wire.telegram.until(
    () => wire.telegram.messages(user).find(({ byBot }) => byBot)?.message,
  );
  const live = (message.entities ?? [])
    .filter(({ type }) => type === 'bot_command')
    .map(({ offset, length }) => (message.text ?? '').slice(offset, offset + length));
  expect(live).toEqual(['/search', '/latest', '/stop']);
});
