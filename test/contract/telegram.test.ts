import { describePlatform } from './platform.ts';
import { startTelegramStage } from './telegram-stage.ts';

const HIDES_NOTHING = 'the Bot API has no message that only one member sees';

describePlatform('telegram', startTelegramStage, {
  'an answer for the asker alone is not public': HIDES_NOTHING,
  'a slow answer for the asker alone is not public': HIDES_NOTHING,
  'the return of a permission is told of': 'the Bot API tells nobody that a group’s permissions have changed',
  'somebody else’s press leaves the asker’s page as it was': 'everybody in a chat shares its messages',
  'repeating with the same key after a lost answer makes no second message':
    'the Bot API knows no idempotency keys',
});
