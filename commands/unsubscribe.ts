import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { paragraph } from '../src/note/document.ts';

/** Stops new posts in this chat. */
export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  answerTo: 'user',
  for: 'managers',
  category: 'managing',
  options: {},
  async run(_args, { chat, subscriptions, texts }) {
    const removed = await subscriptions.unsubscribe(chat.destination);
    return [paragraph(...linkCommands(removed ? texts.unsubscribe.removed : texts.unsubscribe.none))];
  },
});
