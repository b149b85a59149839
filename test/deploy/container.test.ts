import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEnvironment } from '../e2e/environment.fixture.ts';
import { makeNodeBase } from './node-base.fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const now = () => Math.floor(Date.now() / 1000);

const works = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
/** Mounting takes root, and a kernel that lets it. */
const canBuild = works('buildah', '--version') && works('unshare', '--mount', 'true');
if (!canBuild) process.stdout.write('The container is not tested: that takes root and buildah.\n');

const BUILD_WITHIN_MS = 600_000;
const USER = 10_001;

describe.skipIf(!canBuild)('the container', { timeout: 90_000 }, () => {
  let folder = '';
  /** Images and containers of this test only. */
  let store: readonly string[] = [];
  const buildah = (...args: readonly string[]): string =>
    execFileSync('buildah', [...store, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();

  interface ImageConfig {
    readonly Env: readonly string[];
    readonly Entrypoint: readonly [string, ...string[]];
    readonly User: string;
    readonly Volumes: object;
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck: { readonly Test: readonly string[] };
  }
  let config: ImageConfig;
  let container = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'postrider-container-'));
    store = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
    const cache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();
    const base = makeNodeBase(join(folder, 'base'), buildah);
    // Without layers, the image takes half the time. Chroot, because this may run in a container itself.
    const how = ['--isolation', 'chroot', '--format', 'docker', '--layers=false'];
    const args = ['--build-arg', `NODE_IMAGE=${base}`, '--build-arg', 'VERSION=1.2.3'];
    buildah('bud', ...how, '--volume', `${cache}:/root/.npm`, ...args, '--tag', 'postrider:test', '.');
    const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/postrider:test')) as {
      readonly Docker: { readonly config: ImageConfig };
    };
    config = Docker.config;
    container = buildah('from', 'localhost/postrider:test');
  }, BUILD_WITHIN_MS);

  afterAll(() => {
    if (container) buildah('rm', container);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('says what it is, and runs as a user by number who owns /data alone', () => {
    expect(config.User).toBe(`${USER}:${USER}`);
    expect(Object.keys(config.Volumes)).toEqual(['/data']);
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'Postrider',
      'org.opencontainers.image.version': '1.2.3',
      'org.opencontainers.image.licenses': 'MIT',
    });
    expect(config.Healthcheck.Test).toEqual(['CMD', ...config.Entrypoint, 'health']);
    const mounted = buildah('mount', container);
    const find = (...test: readonly string[]): string =>
      execFileSync('find', [mounted, ...test], { encoding: 'utf8' }).trim();
    expect(find('-uid', String(USER), '-printf', '/%P %m')).toBe('/data 700');
    // What builds it and what is secret stays outside.
    expect(find('-maxdepth', '2', '-path', '*/app/*', '-printf', '%f ').split(' ').sort()).toEqual(
      ['LICENSE', 'bin', 'dist', 'node_modules', 'package.json'].sort(),
    );
    expect(find('-path', '*/node_modules/typescript/*')).toBe('');
    // What draws charts comes for each kind of machine.
    expect(find('-path', '*/node_modules/@resvg/*', '-name', '*.node')).not.toBe('');
  });

  test('has the command in its path', () => {
    const run = (...args: readonly string[]): string =>
      buildah('run', '--isolation', 'chroot', container, '--', ...args);
    expect(run('postrider', '--version')).toBe(run('node', '/app/bin/postrider.cjs', '--version'));
  });

  test('carries notes to both platforms with its root read-only', async () => {
    const world = await startEnvironment();
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    chownSync(data, USER, USER);
    // As a container engine does it: the root read-only, a volume for /data, the user and the variables of the image.
    const script =
      'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && mount --bind "$2" "$1/data" && ' +
      `root=$1 && shift 2 && exec /usr/sbin/chroot --userspec=${config.User} "$root" "$@"`;
    const inside = ['sh', buildah('mount', container), data, ...config.Entrypoint];
    const image = Object.fromEntries(config.Env.map((line) => line.split(/=(.*)/su, 2)));
    const program = world.start({ ...image, PORT: '0' }, [
      'unshare',
      '--mount',
      'sh',
      '-c',
      script,
      ...inside,
    ]);
    await program.ready();
    expect(await program.logged('program.started')).toMatchObject({ store: 'sqlite:/data/postrider.db' });
    world.relay.publish(world.author.note('From inside a container.', { createdAt: now() + 1 }));
    const has = (texts: readonly string[]): boolean => texts.some((text) => text.includes('From inside'));
    await world.discord.until(() => has(world.shown().discord));
    await world.telegram.until(() => has(world.shown().telegram), 30_000);
    const { url } = (await program.logged('status.listening')) as unknown as { readonly url: string };
    const [, ...health] = config.Healthcheck.Test;
    const user = `--userspec=${config.User}`;
    const asked = execFileSync('/usr/sbin/chroot', [user, buildah('mount', container), ...health], {
      env: { ...image, PORT: new URL(url).port },
      encoding: 'utf8',
    });
    expect(asked).toBe('healthy\n');
    program.kill('SIGTERM');
    expect(await program.exit).toEqual({ code: 0, signal: null });
  });
});
