import { describe, expect, test } from 'vitest';
import { buttons, type Document, heading, paragraph, text } from '../../../../src/note/document.ts';
import { parseReceipt } from '../../../../src/platform/discord/send/receipts.ts';
import { DISCORD_STYLES } from '../../../../src/platform/discord/styles.ts';
import { bodyOf, idsOf, messageText, receiptOf, startBot } from '../discord.fixture.ts';
import { CREATE } from './delivery.fixture.ts';

const note = (words: string, id = '1'): Document => [
  heading(2, text('Harbour *Letter*')),
  paragraph(text(words)),
  { type: 'media', items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [] }] },
  buttons([{ label: 'Open', url: `https://n.example/${id}` }]),
];

/** Without nonces, so that messages are recognised by their content only. */
const forgetful = () => startBot({ nonceWindowMs: 0 });

describe('a message that may have been sent', () => {
  test.each(DISCORD_STYLES)('is recognised in style %s', async (style) => {
    const { discord, channel, platform, destination } = await forgetful();
    const body = bodyOf(platform, note('Quiet.'), style);
    const receipt = receiptOf(await platform.send(destination, body, 'n1:0'));
    expect(await platform.send(destination, body, 'n1:0', { uncertain: true })).toEqual({
      status: 'sent',
      receipt,
    });
    expect(discord.messages(channel)).toHaveLength(1);
  });

  test.each<readonly [string, Document]>([
    ['other words', note('Busy.')],
    ['another page behind its button', note('Quiet.', '2')],
  ])('is not confused with one that has %s', async (_, other) => {
    for (const style of DISCORD_STYLES) {
      const { discord, channel, platform, destination } = await forgetful();
      receiptOf(await platform.send(destination, bodyOf(platform, other, style), 'n1:0'));
      const body = bodyOf(platform, note('Quiet.'), style);
      receiptOf(await platform.send(destination, body, 'n2:0', { uncertain: true }));
      expect(discord.messages(channel)).toHaveLength(2);
    }
  });

  test('is not confused with another user’s', async () => {
    const { discord, channel, mira, platform, destination } = await forgetful();
    discord.say(channel, mira, 'Quiet.');
    const body = bodyOf(platform, [paragraph(text('Quiet.'))], 'plain');
    receiptOf(await platform.send(destination, body, 'n1:0', { uncertain: true }));
    expect(discord.messages(channel)).toHaveLength(2);
  });

  test('is recognised in a plainer form, before a better one is tried', async () => {
    const { discord, channel, platform, destination } = await forgetful();
    const body = bodyOf(platform, note('Quiet.'));
    discord.fault({ route: CREATE, times: 2, effect: { status: 400, code: 50035 } });
    const receipt = receiptOf(await platform.send(destination, body, 'n1:0'));
    expect(parseReceipt(receipt).format).toBe('text');
    expect(receiptOf(await platform.send(destination, body, 'n1:0', { uncertain: true }))).toBe(receipt);
    expect(discord.messages(channel)).toHaveLength(1);
  });

  test('is completed if its last part is missing', async () => {
    const { discord, channel, platform, destination } = await forgetful();
    const letter = Array.from(
      { length: 180 },
      (_, index) => `The port is quiet, says the harbour master for the ${index}. time.`,
    );
    const body = bodyOf(platform, [paragraph(text(letter.join(' ').slice(0, 3_400)))]);
    discord.fault({ route: CREATE, effect: { status: 400, code: 50035 } });
    const receipt = receiptOf(await platform.send(destination, body, 'n1:0'));
    const [first = '', last = ''] = idsOf(receipt);
    const whole = discord.messages(channel).map(messageText);
    await platform.remove(destination, `text:${last}`);
    const again = receiptOf(await platform.send(destination, body, 'n1:0', { uncertain: true }));
    expect(idsOf(again)[0]).toBe(first);
    expect(discord.messages(channel).map(messageText)).toEqual(whole);
  });

  test('is searched for only if uncertain', async () => {
    const { discord, platform, destination } = await forgetful();
    receiptOf(
      await platform.send(destination, bodyOf(platform, note('Quiet.')), 'n1:0', { uncertain: false }),
    );
    expect(discord.requests.map(({ method }) => method)).toEqual(['POST']);
  });
});
