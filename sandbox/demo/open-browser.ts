import { spawn } from 'node:child_process';

/** Programs that open a URL in the user's browser. */
const OPENERS: ReadonlyMap<string, readonly [command: string, ...args: string[]]> = new Map(
  Object.entries({
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
    linux: ['xdg-open'],
  }),
);

/** Opens a URL if there is a screen and a browser. Resolves with whether that worked; never rejects. */
export async function openBrowser(
  url: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const [command, ...args] = OPENERS.get(platform) ?? [];
  const hasScreen = platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!command || !hasScreen) return false;
  return new Promise((resolve) => {
    const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('exit', (code) => resolve(code === 0));
    opener.unref();
  });
}
