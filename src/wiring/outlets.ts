import type { ReadyDocument } from '../note/present/finish.ts';
import { DISCORD_STYLES } from '../platform/discord/styles.ts';
import type { Body, Platform, SendResult } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { TELEGRAM_STYLES } from '../platform/telegram/styles.ts';
import type { Errands, Reply } from '../roles/errands.ts';
import type { Store } from '../store/store.ts';

/** What a platform does for other roles: it sends messages to people. */
export type Outlet = Pick<Platform, 'name' | 'styles' | 'renderAsync' | 'send' | 'inboxObstacle'>;

/** The same as an errand. */
type OutletTask =
  | { readonly kind: 'count'; readonly document: ReadyDocument; readonly variant: string }
  | {
      readonly kind: 'send';
      readonly document: ReadyDocument;
      readonly variant: string;
      readonly part: number;
      readonly to: string;
      readonly key: string;
      readonly options: Parameters<Platform['send']>[3];
    }
  | { readonly kind: 'forget'; readonly destinations: readonly string[] };

/** Platforms wherever they are served: by this process, or through the database by another one. */
export interface Outlets {
  /** One for each configured platform. */
  readonly all: readonly Outlet[];
  /** This process serves that platform now, until the signal aborts. */
  serve(
    platform: Platform,
    store: Store,
    forget: (destinations: readonly string[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Makes the process that delivers there forget destinations. Rejects if it can't be told. */
  forget(platform: PlatformName, destinations: readonly string[], store: Store): Promise<void>;
}

const STYLES: Readonly<Record<PlatformName, readonly string[]>> = {
  discord: DISCORD_STYLES,
  telegram: TELEGRAM_STYLES,
};
/** As long as an API call may take. */
const WITHIN_MS = 30_000;

/** A part of a document that another process renders. */
interface FarBody {
  readonly document: ReadyDocument;
  readonly variant: string;
  readonly part: number;
}

/** `writable`: the store of a role that this process has, for asking. */
export function createOutlets(
  names: readonly PlatformName[],
  errands: Errands,
  writable: () => Store | undefined,
): Outlets {
  const here = new Map<PlatformName, Platform>();
  const farBodies = new WeakMap<Body, FarBody>();

  async function ask(name: PlatformName, task: OutletTask, store = writable()): Promise<Reply> {
    return store ? errands.ask(name, task, store, WITHIN_MS) : { status: 'unanswered' };
  }

  async function renderedFar(
    name: PlatformName,
    document: ReadyDocument,
    variant: string,
  ): Promise<readonly Body[]> {
    const reply = await ask(name, { kind: 'count', document, variant });
    if (reply.status !== 'done') throw new Error(`No process serves ${name} at the moment`);
    return Array.from({ length: Number(reply.result) }, (_, part) => {
      const body: Body = { cost: 1, call: undefined };
      farBodies.set(body, { document, variant, part });
      return body;
    });
  }

  async function sendFar(
    name: PlatformName,
    body: FarBody,
    ...[to, , key, options]: Parameters<Platform['send']>
  ): Promise<SendResult> {
    const reply = await ask(name, { kind: 'send', ...body, to, key, options });
    if (reply.status === 'done') return reply.result as SendResult;
    const reason = reply.status === 'failed' ? reply.reason : `no process serves ${name} at the moment`;
    return { status: 'retry', scope: 'platform', uncertain: true, reason };
  }

  const outletOf = (name: PlatformName): Outlet => ({
    name,
    styles: STYLES[name],
    renderAsync: async (document, variant) =>
      here.get(name)?.renderAsync(document, variant) ?? renderedFar(name, document, variant),
    async send(to, body, key, options) {
      const far = farBodies.get(body);
      if (far) return sendFar(name, far, to, body, key, options);
      const platform = here.get(name);
      if (platform) return platform.send(to, body, key, options);
      return { status: 'retry', scope: 'platform', uncertain: false, reason: 'another process took over' };
    },
    inboxObstacle: async (inbox) => here.get(name)?.inboxObstacle?.(inbox),
  });

  async function perform(
    { renderAsync, send }: Platform,
    forget: (destinations: readonly string[]) => Promise<void>,
    task: OutletTask,
  ): Promise<unknown> {
    if (task.kind === 'forget') return forget(task.destinations);
    const bodies = await renderAsync(task.document, task.variant);
    if (task.kind === 'count') return bodies.length;
    const body = bodies[task.part];
    if (!body) return { status: 'rejected', reason: 'there is no such part' } satisfies SendResult;
    return send(task.to, body, task.key, task.options);
  }

  return {
    all: names.map(outletOf),
    async serve(platform, store, forget, signal) {
      here.set(platform.name, platform);
      signal.addEventListener('abort', () => here.delete(platform.name));
      await errands.serve(
        platform.name,
        store,
        (task: OutletTask) => perform(platform, forget, task),
        signal,
      );
    },
    async forget(name, destinations, store) {
      const reply = await ask(name, { kind: 'forget', destinations }, store);
      if (reply.status !== 'done') throw new Error(`The process that serves ${name} didn't answer`);
    },
  };
}
