import { flagParam, integerParam, jsonParam, type Params, stringParam } from '../http/params.ts';
import { badRequest, conflict } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Method, Methods } from './method.ts';

/** Longer requests are cut down to this, in seconds. */
const MAX_TIMEOUT_S = 50;

/** `getUpdates`, and the webhook, which prevents it. Nothing is ever sent to the webhook. */
export function createUpdateMethods(): Methods {
  let webhook = { url: '', allowed: [] as readonly string[] };

  const remove: Method = (world, params) => {
    webhook = { url: '', allowed: [] };
    if (flagParam(params, 'drop_pending_updates')) world.updates.clear();
    return true;
  };

  return {
    getUpdates(world, params, { gone }) {
      if (webhook.url) {
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      readAllowed(world, params);
      const limit = Math.min(Math.max(integerParam(params, 'limit', 100), 1), 100);
      const timeout = Math.min(Math.max(integerParam(params, 'timeout'), 0), MAX_TIMEOUT_S);
      return world.updates.take(integerParam(params, 'offset'), limit, timeout, gone);
    },

    setWebhook(world, params, context) {
      const url = stringParam(params, 'url');
      if (url === '') return remove(world, params, context);
      if (!URL.canParse(url)) throw badRequest('invalid webhook URL specified');
      if (!url.startsWith('https:')) {
        throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
      }
      const secret = stringParam(params, 'secret_token');
      if (secret.length > 256) throw badRequest('secret token is too long');
      if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
      world.updates.interrupt(conflict('terminated by setWebhook request'));
      if (flagParam(params, 'drop_pending_updates')) world.updates.clear();
      webhook = { url, allowed: readAllowed(world, params) ?? [] };
      return true;
    },

    deleteWebhook: remove,

    getWebhookInfo: (world) => ({
      url: webhook.url,
      has_custom_certificate: false,
      pending_update_count: world.updates.pending,
      ...(webhook.allowed.length > 0 && { allowed_updates: webhook.allowed }),
    }),
  };
}

function readAllowed(world: World, params: Params): readonly string[] | undefined {
  const given = jsonParam(params, 'allowed_updates', 'allowed updates');
  if (!Array.isArray(given)) return undefined;
  const kinds = given.filter((kind): kind is string => typeof kind === 'string');
  world.updates.allow(kinds);
  return kinds;
}
