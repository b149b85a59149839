import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { botTexts, callsOf, destinationOf, startInstance, startTestTelegram } from '../instance.fixture.ts';

test('a revoked token stops polling and delivery, and nothing is lost', async () => {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const reader = telegram.person({ firstName: 'Wren' });
  await instance.subscriptions.subscribe(destinationOf(reader));
  await instance.start();
  await telegram.until(() => telegram.polling);
  telegram.revoke();
  await expect.poll(() => instance.platform.error()).toBe(en.telegram.errors.refused);
  await instance.publish('one', 'two');
  await instance.delivery.running;
  expect(instance.delivery.error()).toBeDefined();
  expect(callsOf(telegram, 'sendMessage')).toHaveLength(1);
  expect(botTexts(telegram, reader)).toEqual([]);
  expect(await instance.store.stats.totals()).toMatchObject({ waiting: 2, destinations: { active: 1 } });
  expect(instance.lines('polling.refused')).toHaveLength(1);
  expect(instance.logged.join('\n')).not.toContain(telegram.token.split(':')[1]);
});
