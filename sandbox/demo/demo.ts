import { commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Log } from '../../src/lib/log.ts';
import { createLanguageState } from './app-language.ts';
import { firstNote } from './content/suggestions.ts';
import { createDemoClock, type DemoClock } from './demo-clock.ts';
import { haveDowntime } from './downtime.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { createFeed } from './feed.ts';
import { createIntro } from './intro.ts';
import { startPageServer } from './page-server.ts';
import { type Program, runProgram } from './program.ts';
import { createProgressLine, type ProgressLine } from './progress.ts';
import { createRoutes } from './routes.ts';

export interface Demo {
  /** URL of the page; below it, `/status` leads to the program's status page. */
  readonly url: string;
  /** URL of the author's public site. */
  readonly siteUrl: string;
  /** Rejects if the program fails. */
  readonly broken: Promise<never>;
  /** Stops everything and deletes the database. */
  stop(): Promise<void>;
}

/** Starts the stand-in servers, the program and the page. Once the program is ready, the first note is published. */
export async function startDemo(options: {
  /** 0 for any free port. */
  readonly port: number;
  readonly log: Log;
  /** A new clock by default. */
  readonly clock?: DemoClock;
}): Promise<Demo> {
  const { log, clock = createDemoClock() } = options;
  const undo: (() => Promise<unknown>)[] = [];
  /** Stops in reverse order of starting. */
  async function stop(): Promise<void> {
    while (undo.length > 0) await undo.pop()?.();
  }
  try {
    const feed = createFeed();
    const appLanguage = createLanguageState();
    const progress = createProgressLine(feed, appLanguage);
    const environment = await startEnvironment(feed, appLanguage, clock, undo);
    const running = Promise.withResolvers<Program>();
    let program: Program | undefined;
    const routes = {
      ...createRoutes(environment, progress),
      '/program/away': async () => {
        await haveDowntime(await running.promise, environment.authorClient, progress);
        return '';
      },
    };
    const page = await startPageServer(
      options.port,
      feed,
      appLanguage,
      routes,
      () => program?.statusUrl(),
      (name) => environment.discord.upload(name) ?? environment.telegram.upload(name),
    );
    undo.push(page.stop);
    program = await startProgram(environment, progress, log);
    running.resolve(program);
    undo.push(program.stop);
    return { url: page.url, siteUrl: environment.env.PUBLIC_URL, broken: program.broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs the real program in the demo's environment, and the intro once it is ready. */
async function startProgram(
  { discord, telegram, telegramClient, authorClient, notes, env, clock }: Environment,
  progress: ProgressLine,
  log: Log,
): Promise<Program> {
  const opening = createIntro({
    progress,
    notes,
    menus: [
      new Promise((resolve) => void discord.on('commands', () => resolve())),
      new Promise((resolve) => void telegram.on('commands', () => resolve())),
    ],
    welcome: () =>
      new Promise((resolve) => {
        telegram.on('message', ({ byBot }) => byBot && resolve());
        telegramClient.say(telegramClient.home, '/start');
      }),
    publish: () => authorClient.write(firstNote(Math.floor(clock.now() / 1000))),
  });
  const config = readConfig(env, false);
  return runProgram(() => startApp(config, { commands, log, clock, onProgress: opening.archived }));
}
