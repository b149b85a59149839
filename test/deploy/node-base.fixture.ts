import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the Containerfile's steps run, besides Node and npm. */
const TOOLS = ['/bin/sh', '/bin/mkdir', '/bin/chown', '/bin/ln', '/usr/bin/env'];

/**
 * An image that stands for the official one of Node where no image can be fetched: this machine's Node and npm, the
 * libraries they need, and a shell. Returns its name.
 */
export function makeNodeBase(folder: string, buildah: (...args: readonly string[]) => string): string {
  const put = (from: string, to = from): void => {
    mkdirSync(join(folder, dirname(to)), { recursive: true });
    cpSync(realpathSync(from), join(folder, to), { recursive: true });
  };
  const node = '/usr/local/bin/node';
  put(process.execPath, node);
  for (const tool of TOOLS) put(tool);
  for (const program of [process.execPath, ...TOOLS])
    for (const [library] of execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/\/\S+/gu))
      put(library);
  const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  put(join(npm, 'npm'), '/usr/local/lib/node_modules/npm');
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm'));
  mkdirSync(join(folder, 'tmp'), { mode: 0o1777 });

  const container = buildah('from', 'scratch');
  buildah('copy', '--quiet', container, folder, '/');
  const env = ['--env', 'PATH=/usr/local/bin:/usr/bin:/bin'];
  // Certificates that this machine trusts besides Node's own, for the registry.
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  if (certificates !== undefined) {
    buildah('copy', '--quiet', container, certificates, '/etc/ssl/extra.pem');
    env.push('--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/extra.pem');
  }
  buildah('config', ...env, container);
  buildah('commit', '--quiet', '--rm', container, 'localhost/node:test');
  return 'localhost/node:test';
}
