import { startDiscordDriver } from './discord-driver.fixture.ts';
import { describePlatform } from './suite.ts';

describePlatform('discord', startDiscordDriver, {
  'an invalid number or choice is answered with the valid ones':
    'Discord’s own app shows what is right, and sends nothing else',
  'further requests above the limit get no answer': 'Discord wants every interaction answered',
});
