import type { UserPreferences } from '../command/user-preferences.ts';
import { type Texts, textsFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Document } from '../note/document.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { Platform, SendResult } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';

/** Where to reach somebody who runs the program. */
export interface Operator {
  readonly platform: PlatformName;
  /** `User.id`. */
  readonly user: string;
  /** `User.inbox`. */
  readonly inbox: string;
}

type OperatorPlatform = Pick<Platform, 'name' | 'styles' | 'renderAsync' | 'send' | 'inboxObstacle'>;

interface OperatorsParts {
  readonly operators: readonly Operator[];
  readonly platforms: readonly OperatorPlatform[];
  readonly finish: Presenter['finish'];
  /** The language and time zone of a person (`User.id`), as far as known. */
  preferencesOf(user: string): Promise<UserPreferences>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'add'>;
}

export interface AlertMessage {
  /** What it is about, for the log. */
  readonly alert: string;
  /** The same for every try. */
  readonly key: string;
  write(texts: Texts): Document;
}

/** The people who run the program. */
export interface Operators {
  /**
   * Sends a private message to everybody on the preferred platform, by default the one named first; if nobody there can be
   * reached, on the other one. Resolves with where it arrived, if anywhere. Never rejects.
   */
  notify(message: AlertMessage, preferred?: PlatformName): Promise<PlatformName | undefined>;
  /** Logs whether those on that platform can be written to, as far as it tells. Never rejects. */
  checkReachable(platform: PlatformName): Promise<void>;
}

export function createOperators({
  operators,
  platforms,
  finish,
  preferencesOf,
  log,
  metrics,
}: OperatorsParts): Operators {
  /** In the order of the configuration. */
  const byPlatform = Map.groupBy(operators, ({ platform }) => platform);

  async function readerOf({ user }: Operator): Promise<UserPreferences> {
    try {
      return await preferencesOf(user);
    } catch {
      // The database may be what the message is about.
      return {};
    }
  }

  async function deliver(
    platform: OperatorPlatform,
    operator: Operator,
    message: AlertMessage,
  ): Promise<SendResult> {
    const { language = 'en', timeZone } = await readerOf(operator);
    const document = finish(message.write(textsFor(language)), { language, ...(timeZone && { timeZone }) });
    // A card's notification has no text.
    const style = platform.styles.find((one) => one === 'plain') ?? '';
    let result: SendResult | undefined;
    for (const [part, body] of (await platform.renderAsync(document, style)).entries()) {
      result = await platform.send(operator.inbox, body, `${message.key} ${part}`, { urgent: true });
      if (result.status !== 'sent') return result;
    }
    return result ?? { status: 'rejected', reason: 'nothing to say' };
  }

  async function tellOne(
    platform: OperatorPlatform,
    operator: Operator,
    message: AlertMessage,
  ): Promise<boolean> {
    try {
      const result = await deliver(platform, operator, message);
      if (result.status === 'sent') {
        metrics.add('alerts_sent_total', { alert: message.alert });
        log.info('alert.sent', { operator: operator.user, alert: message.alert });
        return true;
      }
      const remedy = result.status === 'unreachable' && result.fix;
      log.warn('alert.undelivered', {
        operator: operator.user,
        alert: message.alert,
        reason: result.reason,
        ...(remedy && { remedy }),
      });
    } catch (error) {
      log.error('alert.failed', { operator: operator.user, alert: message.alert, error });
    }
    return false;
  }

  return {
    async notify(message, preferred) {
      const first = platforms.filter(({ name }) => name === preferred);
      const inOrder = [...byPlatform.keys()].flatMap((name) =>
        platforms.filter((platform) => platform.name === name && name !== preferred),
      );
      for (const platform of [...first, ...inOrder]) {
        const people = byPlatform.get(platform.name) ?? [];
        const arrived = await Promise.all(people.map((one) => tellOne(platform, one, message)));
        if (arrived.includes(true)) return platform.name;
      }
      return undefined;
    },
    async checkReachable(name) {
      const platform = platforms.find((one) => one.name === name);
      for (const { user, inbox } of byPlatform.get(name) ?? []) {
        const remedy = await platform?.inboxObstacle?.(inbox);
        if (remedy === undefined) log.info('operator.reachable', { operator: user });
        else log.warn('operator.unreachable', { operator: user, remedy });
      }
    },
  };
}
