import type { App } from '../../src/app.ts';
import { DemoError } from './demo-error.ts';

/** The program, which the demo can switch off for a while. */
export interface Program {
  /** Rejects if the program fails, in whichever run. */
  readonly broken: Promise<never>;
  /** Stops the program, awaits the callback, and starts it again. Throws `DemoError` if it is already stopped. */
  whileStopped(meanwhile: () => Promise<void> | void): Promise<void>;
  /** Address of the status page in the present run. */
  statusUrl(): string;
  stop(): Promise<void>;
}

export async function runProgram(start: () => Promise<App>): Promise<Program> {
  const { promise: broken, reject: breakDown } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  let app = await started();
  let switching = false;

  async function started(): Promise<App> {
    const one = await start();
    one.failed.catch(breakDown);
    return one;
  }

  return {
    broken,
    async whileStopped(meanwhile) {
      if (switching) throw new DemoError(({ refused }) => refused.switching);
      switching = true;
      try {
        await app.stop();
        await meanwhile();
        app = await started();
      } finally {
        switching = false;
      }
    },
    statusUrl: () => app.statusUrl,
    stop: () => app.stop(),
  };
}
