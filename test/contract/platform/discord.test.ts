import { startDiscordDriver } from './discord-driver.fixture.ts';
import { describePlatform } from './suite.ts';

describePlatform('discord', startDiscordDriver, {
  'a wrong number or choice is answered with what would be right':
    'Discord’s own app shows what is right, and sends nothing else',
  'who goes on asking too much gets no more words': 'Discord wants every interaction answered',
});
