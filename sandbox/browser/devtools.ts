/** A connection over the Chrome DevTools Protocol. */
export interface DevTools {
  /** Rejects with the browser's error, or when the connection is lost. */
  call(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Calls back for every event of that session. */
  watch(sessionId: string, listener: (method: string, params: unknown) => void): void;
  close(): void;
}

interface Frame {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Connects to the address that the browser prints when it starts. */
export async function connect(address: string): Promise<DevTools> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  const listeners = new Map<string, (method: string, params: unknown) => void>();
  let lastId = 0;

  socket.addEventListener('message', ({ data }) => {
    const { id, sessionId, method, params, result = {}, error } = JSON.parse(String(data)) as Frame;
    const asked = waiting.get(id ?? 0);
    if (id !== undefined) waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
    if (method !== undefined && sessionId !== undefined) listeners.get(sessionId)?.(method, params);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`No browser answers at ${address}`)));
  });
  socket.addEventListener('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('The browser is gone'));
    waiting.clear();
  });

  return {
    call(method, params = {}, sessionId) {
      lastId += 1;
      const asked = Promise.withResolvers<Readonly<Record<string, unknown>>>();
      waiting.set(lastId, asked);
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
      return asked.promise;
    },
    watch: (sessionId, listener) => void listeners.set(sessionId, listener),
    close: () => socket.close(),
  };
}
