import type { Change, DiscordMessage, Offer, TelegramMessage } from '../../../sandbox/demo/change.ts';

/** What a page that is open would show, and what a person does on it. */
export interface PageReader {
  readonly discord: ReadonlyMap<string, DiscordMessage>;
  readonly telegram: ReadonlyMap<string, TelegramMessage>;
  readonly changes: readonly Change[];
  /** Resolves with the first value that is not `undefined`, looked for now and after each change. */
  until<T>(find: () => T | undefined): Promise<T>;
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ status: number; problem?: string; offers?: readonly Offer[] }>;
  close(): void;
}

export function openPage(url: string): PageReader {
  const discord = new Map<string, DiscordMessage>();
  const telegram = new Map<string, TelegramMessage>();
  const changes: Change[] = [];
  const watchers = new Set<() => void>();
  const closing = new AbortController();

  const take = (change: Change): void => {
    changes.push(change);
    const shown: Map<string, unknown> | undefined =
      change.type === 'discord' ? discord : change.type === 'telegram' ? telegram : undefined;
    if (shown && 'message' in change) {
      if (change.message.gone) shown.delete(change.message.id);
      else shown.set(change.message.id, change.message);
    }
    for (const watcher of watchers) watcher();
  };

  async function listen(): Promise<void> {
    const response = await fetch(`${url}/changes`, { signal: closing.signal });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = `${text}${chunk}`.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) take(JSON.parse(event.replace(/^data: /u, '')) as Change);
    }
  }
  listen().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });

  return {
    discord,
    telegram,
    changes,
    until: (find) =>
      new Promise((resolve) => {
        const watcher = (): void => {
          const found = find();
          if (found === undefined) return;
          watchers.delete(watcher);
          resolve(found);
        };
        watchers.add(watcher);
        watcher();
      }),
    async post(path, fields) {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
    close: () => closing.abort(),
  };
}
