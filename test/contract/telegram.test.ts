import { describePlatform } from './platform.ts';
import { startTelegramStage } from './telegram-stage.ts';

describePlatform('telegram', startTelegramStage, {
  'an answer for the asker alone is not public': 'the Bot API has no message that only one member sees',
  'the return of a permission is told of': 'the Bot API tells nobody that a group’s permissions have changed',
  'somebody else’s press leaves the asker’s page as it was': 'everybody in a chat shares its messages',
  'repeating with the same key after a lost answer makes no second message':
    'the Bot API knows no idempotency keys',
});
