import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../../src/i18n/zh/catalogue.ts';
import { buttons, callback, paragraph, text } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const until = <Value>(condition: () => Value) => wire.telegram.until(condition);
const lan = () => wire.telegram.person({ firstName: 'Lan', language: 'zh-hans' });

test('an emptied post is in the language of its chat', async () => {
  const group = wire.telegram.group({ title: 'Salt', bot: 'member' });
  const [body] = wire.platform.render(ready(documentOf('old')), 'classic');
  const sent = await wire.platform.send(`telegram:${group.id}`, body!, 'k');
  const chat = `telegram:${wire.telegram.migrate(group).id}`;
  await wire.platform.remove(chat, 'receipt' in sent ? sent.receipt : '', 'zh');
  expect(wire.said(group)).toEqual([zh.platform.removed]);
});

test("missing rights are explained in the user's language", async () => {
  await wire.start();
  const owner = lan();
  const channel = wire.telegram.channel({ title: 'News', owner });
  const rights = { can_post_messages: false };
  wire.telegram.setStatus(channel, wire.telegram.bot, 'administrator', { rights });
  await until(() => wire.said(owner).length === 1);
  expect(wire.said(owner)).toEqual([zh.telegram.hint.channel('News')]);
});

test("missing rights are named as in the user's app", async () => {
  await wire.start();
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'member' });
  wire.telegram.setPermissions(chat, { can_send_messages: false });
  wire.telegram.say({ chat, user: lan(), text: '/latest' });
  const { chat: place } = await until(() => wire.asked[0]);
  expect(await place.missingPermissions()).toEqual([zh.telegram.missing.sendMessages]);
});

test("a button in a channel is refused in the user's language", async () => {
  await wire.start();
  const channel = wire.telegram.channel({ title: 'Salt', bot: 'administrator' });
  wire.answer = () => [
    paragraph(text('Salt')),
    buttons([{ label: 'More', callback: callback('latest'), responseMode: 'add' }]),
  ];
  wire.telegram.channelPost(channel, '/latest');
  const { message } = await until(() => wire.telegram.messages(channel).find(({ byBot }) => byBot));
  const pressed = wire.telegram.press({ message, user: lan(), data: '2alatest' });
  expect(await pressed.answered).toMatchObject({ text: zh.telegram.notInChannels });
});

test("the apology for a failed answer is in the user's language", async () => {
  await wire.start();
  const user = lan();
  const refused = { kind: 'refuse', code: 400, description: 'Bad Request: message is too long' } as const;
  wire.telegram.fault({ method: 'sendMessage', effect: refused });
  wire.telegram.say({ chat: user, user, text: '/latest' });
  await until(() => wire.said(user).length === 1);
  expect(wire.said(user)).toEqual([zh.platform.failed]);
});

test("failure notices are in the subscriber's language", async () => {
  await wire.start();
  const user = lan();
  const notice = {
    destination: 'telegram:-100999',
    fix: en.telegram.fixes.rights,
    user: `telegram:${user.id}`,
  };
  expect(await wire.platform.notifyOwner?.({ ...notice, language: 'zh' })).toBe(true);
  expect(wire.said(user).join('\n')).toContain(zh.telegram.fixes.rights);
});
