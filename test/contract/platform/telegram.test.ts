import { describePlatform } from './suite.ts';
import { startTelegramDriver } from './telegram-driver.fixture.ts';

const HIDES_NOTHING = 'the Bot API has no message that only one member sees';

describePlatform('telegram', startTelegramDriver, {
  'an answer for the asker alone is not public': HIDES_NOTHING,
  'a slow answer for the asker alone is not public': HIDES_NOTHING,
  'what is pressed under an answer for the asker alone is answered to the asker alone': HIDES_NOTHING,
  'lists and proofs are for the asker alone, pieces asked for by name are for all': HIDES_NOTHING,
  'what is being typed is completed': 'Telegram’s apps ask nothing while somebody types a command',
  'the return of a permission is told of': 'the Bot API tells nobody that a group’s permissions have changed',
  'somebody else’s press leaves the asker’s page as it was': 'everybody in a chat shares its messages',
  'repeating with the same key after a lost answer makes no second message':
    'the Bot API knows no idempotency keys',
});
