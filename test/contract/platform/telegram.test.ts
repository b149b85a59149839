import { describePlatform } from './suite.ts';
import { startTelegramDriver } from './telegram-driver.fixture.ts';

const HIDES_NOTHING = 'the Bot API has no message that only one member sees';

describePlatform('telegram', startTelegramDriver, {
  'a private answer isn’t public': HIDES_NOTHING,
  'a slow private answer isn’t public': HIDES_NOTHING,
  'buttons of a private answer are answered privately': HIDES_NOTHING,
  'lists and proofs are private, posts asked for by name are public': HIDES_NOTHING,
  'input is autocompleted': 'Telegram’s apps ask nothing while somebody types a command',
  'a regained permission is reported': 'the Bot API tells nobody that a group’s permissions have changed',
  'somebody else’s press doesn’t change the user’s page': 'everybody in a chat shares its messages',
  'repeating with the same key after a lost answer makes no second message':
    'the Bot API knows no idempotency keys',
});
