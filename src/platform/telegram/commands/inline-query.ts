import { textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { isInlineResultRefused } from '../api/errors.ts';
import { destinationOf } from '../chat-target.ts';
import { simplifiedResult, toInlineResult } from '../render/inline-result.ts';
import type { ParsedUpdate } from '../updates/parse-update.ts';

/** How long Telegram may cache results, in seconds. Short, so that new notes are found soon. */
const CACHE_S = 60;

type InlineQuery = Extract<ParsedUpdate, { readonly type: 'inline' }>;

/** Offers notes when somebody types the bot's name and some words in any chat (Bot API, Inline mode). Never throws. */
export function createInlineQueryHandler(
  calls: Pick<Calls, 'answerInlineQuery'>,
  host: Pick<Host, 'shareNotes'>,
  username: string,
  log: Log,
): (query: InlineQuery) => Promise<void> {
  return async ({ queryId, words, offset, userId, language }) => {
    try {
      const page = await host.shareNotes({ words, offset, user: destinationOf(userId), language });
      if (!page) return;
      const { notes, next = '' } = page;
      const results = notes.map((share) =>
        toInlineResult(share, username, textsFor(share.document.language)),
      );
      // Personal, since results are in the user's language.
      const answer = { inline_query_id: queryId, next_offset: next, cache_time: CACHE_S, is_personal: true };
      try {
        await calls.answerInlineQuery({ ...answer, results });
      } catch (error) {
        const failure = classifyError(error);
        if (!isInlineResultRefused(failure)) throw error;
        log.warn('share.simplified', { reason: failure.reason });
        await calls.answerInlineQuery({ ...answer, results: results.map(simplifiedResult) });
      }
    } catch (error) {
      const { kind, reason } = classifyError(error);
      // A query expires when the user keeps typing, which sends a new one.
      log[kind === 'query-expired' ? 'debug' : 'warn']('share.lost', { reason });
    }
  };
}
