import type { Methods } from './method.ts';
import { flagParam, integerParam, stringParam } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Query, World } from './world.ts';

const MAX_ANSWER = 200;

export const callbackMethods: Methods = {
  answerCallbackQuery(world, params) {
    const queryId = stringParam(params, 'callback_query_id');
    const text = stringParam(params, 'text');
    if (text.length > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
    integerParam(params, 'cache_time');
    takeQuery(world, queryId, 'callback');
    const url = stringParam(params, 'url');
    world.events.emit('callback-answer', { queryId, text, alert: flagParam(params, 'show_alert'), url });
    return true;
  },
};

/** A query can be answered once, and not for long. */
export function takeQuery(world: World, queryId: string, kind: Query['kind']): void {
  const query = world.queries.get(queryId);
  if (query?.kind !== kind || world.now() - query.askedAt > world.queryTtlMs) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  world.queries.delete(queryId);
}
