import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paintDawn } from './content/paint-dawn.ts';

const ROOT = fileURLToPath(new URL('./page/', import.meta.url));

/** Paths of the page's files: plain names in folders, nothing outside them. */
const PATH = /^\/(?:(?:browser|view|words|style)\/[\w-]+\.(?:ts|css))$/u;
const PICTURE = /^\/picture\/([\w.%-]{1,100})$/u;

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.ts': 'text/javascript; charset=utf-8',
  }),
);

export interface PageFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/**
 * The page's files by path: TypeScript with its types stripped, pictures painted on request, unless `uploaded` has the bytes of
 * one by that name.
 */
export function createPageFiles(
  uploaded: (name: string) => Uint8Array | undefined = () => undefined,
): (path: string) => Promise<PageFile | undefined> {
  const pictures = new Map<string, Buffer>();
  const paint = (name: string): Buffer => {
    const picture = pictures.get(name) ?? paintDawn(name);
    pictures.set(name, picture);
    return picture;
  };
  return async (path) => {
    const [, picture] = PICTURE.exec(path) ?? [];
    const upload = picture && uploaded(picture);
    if (upload) return { type: 'image/png', body: upload };
    // A film's still has the film's name.
    if (picture) return { type: 'image/png', body: paint(picture.replace(/\.\w+$/u, '.png')) };
    const file = path === '/' ? '/index.html' : PATH.test(path) ? path : undefined;
    if (file === undefined) return undefined;
    const text = await readFile(join(ROOT, file), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const ending = extname(file);
    const body = ending === '.ts' ? stripTypeScriptTypes(text) : text;
    return { type: TYPES.get(ending) ?? 'text/plain', body };
  };
}
