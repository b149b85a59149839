import { defineCommand } from '../src/command/command.ts';
import { MAX_SUGGESTION_LENGTH, SUGGESTION_QUOTAS } from '../src/command/suggestions.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { paragraph, small } from '../src/note/document.ts';

/** Forwards a reader's suggestion to the author. */
export const suggest = defineCommand({
  name: 'suggest',
  answerTo: 'user',
  for: 'readers',
  requires: 'submitSuggestion',
  category: 'knowing',
  options: { topic: { type: 'string', required: true, maxLength: MAX_SUGGESTION_LENGTH, prompts: true } },
  async run({ topic }, { user, author, chat, suggestToAuthor, texts }) {
    const words = topic.trim();
    if (words === '') throw new UserError(texts.suggest.empty);
    if (!suggestToAuthor || user.inbox === undefined) throw new UserError(texts.suggest.anonymous);
    const { refused, thanks, howAnswered } = texts.suggest;
    const outcome = await suggestToAuthor(words);
    if (outcome === 'user') throw new UserError(refused.user(SUGGESTION_QUOTAS.user));
    if (outcome !== 'taken') throw new UserError(refused[outcome]);
    const { name } = author();
    const where = chat.kind === 'private' ? howAnswered.private : howAnswered.elsewhere;
    return [paragraph(...linkCommands(thanks(name))), small(...linkCommands(where(name)))];
  },
});
