import { expect, onTestFinished, test } from 'vitest';
import { zh } from '../../../../src/i18n/zh/catalogue.ts';
import { startProgram } from '../../../contract/platform/program.fixture.ts';
import { startBot } from '../discord.fixture.ts';

test('options and their choices have names for both Chinese locales', async () => {
  const program = await startProgram();
  onTestFinished(() => program.stop());
  const { discord, platform } = await startBot();
  await platform.start(program.host);
  const latest = discord.commands.list(undefined).find(({ name }) => name === 'latest');
  const both = (text: string) => ({ 'zh-CN': text, 'zh-TW': text });
  const type = latest?.options.find(({ name }) => name === 'type');
  expect(type).toMatchObject({
    name: 'type',
    name_localizations: both(zh.optionNames.type),
    description_localizations: both(zh.commands.latest.options.type),
  });
  expect(type?.choices).toContainEqual({
    name: 'Photo',
    name_localizations: both(zh.postTypes.photo.one),
    value: 'photo',
  });
});
