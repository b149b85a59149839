import { expect, test } from 'vitest';
import { buttons, callback } from '../../../../src/note/document.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const until = <Value>(condition: () => Value) => wire.telegram.until(condition);

/** A reader who sent a command, and the answer with a button. */
async function asked() {
  await wire.start();
  const user = wire.telegram.person({ firstName: 'Wren' });
  let page = 0;
  wire.answer = () => {
    page += 1;
    return [
      ...documentOf(`Page ${page}`),
      buttons([{ label: 'Next', callback: callback('latest'), responseMode: 'replace' }]),
    ];
  };
  wire.telegram.say({ chat: user, user, text: '/latest' });
  const { message } = await until(() => wire.telegram.messages(user).find(({ byBot }) => byBot));
  return {
    user,
    message,
    press: (inaccessible = false) => wire.telegram.press({ message, user, data: '2rlatest', inaccessible }),
  };
}

test('a button works even if it can no longer be acknowledged', async () => {
  const { user, press } = await asked();
  wire.telegram.fault({
    method: 'answerCallbackQuery',
    effect: {
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    },
  });
  press();
  await until(() => wire.said(user)[0] === 'Page 2');
  press();
  await until(() => wire.said(user)[0] === 'Page 3');
  expect(wire.said(user)).toEqual(['Page 3']);
});

test('a button on a message too old to edit gets a new message', async () => {
  const { user, press } = await asked();
  press(true);
  await until(() => wire.said(user).length === 2);
  expect(wire.said(user)).toEqual(['Page 1', 'Page 2']);
});

test("a button whose message can't be edited gets a new message", async () => {
  const { user, press } = await asked();
  wire.telegram.fault({
    method: 'editMessageText',
    effect: { kind: 'refuse', code: 400, description: "Bad Request: message can't be edited" },
  });
  press();
  await until(() => wire.said(user).length === 2);
  expect(wire.said(user)).toEqual(['Page 1', 'Page 2']);
});

test("an answer a group doesn't allow goes to the user in private", async () => {
  await wire.start();
  const [user, stranger] = [true, false].map((started) =>
    wire.telegram.person({ firstName: 'Wren', started }),
  );
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'member' });
  wire.telegram.setPermissions(chat, { can_send_messages: false });
  wire.to = 'user';
  wire.telegram.say({ chat, user: stranger!, text: '/help' });
  wire.telegram.say({ chat, user: user!, text: '/help' });
  await until(() => wire.said(user!).length === 1);
  await expect.poll(() => wire.logged.filter((line) => line.startsWith('answer.lost'))).toHaveLength(1);
  expect(wire.said(chat)).toEqual([]);
});
