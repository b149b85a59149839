import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedPages } from '../../tools/generated-pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

test.each(generatedPages())('$path is what `npm run docs` writes', ({ url, text }) => {
  expect(readFileSync(url, 'utf8')).toBe(text);
});

test('no variable is read but those of the table', () => {
  const reading = globSync('{src,commands}/**/*.{ts,cjs}', { cwd: root }).filter((file) =>
    /process\.env|\benv\[|\benv\b.*'node:process'/u.test(read(file)),
  );
  expect(reading.sort()).toEqual([
    'src/cli/env-file.ts',
    'src/cli/init/init.ts',
    'src/config/read-variables.ts',
    'src/config/secret-values.ts',
    'src/config/status-address.ts',
    'src/main.ts',
    // The PG* variables, as psql and pg read them.
    'src/store/postgres/server-address.ts',
  ]);
});

/** What pages link to, and the headings they have, as GitHub names them. */
const DOCS = globSync('{*.md,{docs,bench,src,sandbox}/**/*.md}', { cwd: root });
const anchorsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link from page to page leads somewhere', () => {
  expect(DOCS.length).toBeGreaterThan(12);
  const broken = DOCS.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/gu)].flatMap(
      ([link, target = '', anchor]) => {
        const url = new URL(target || path.split('/').at(-1) || '', new URL(path, `file://${root}`));
        try {
          const page = readFileSync(url, 'utf8');
          return anchor === undefined || anchorsIn(page).includes(anchor) ? [] : [`${path}: ${link}`];
        } catch {
          return [`${path}: ${link}`];
        }
      },
    ),
  );
  expect(broken).toEqual([]);
});

test('every file or folder that a page names is there', () => {
  // The changelog tells of the past, and test/security-page.test.ts looks after the other.
  const checked = DOCS.filter((path) => path !== 'CHANGELOG.md' && path !== 'docs/security.md');
  const missing = checked.flatMap((path) =>
    [...read(path).matchAll(/`((?:src|commands|sandbox|test|bench|docs|tools)\/[\w./{},*-]*)`/gu)].flatMap(
      ([, named = '']) =>
        [root, dirname(`${root}${path}`)].some((cwd) => globSync(named, { cwd }).length > 0)
          ? []
          : [`${path}: ${named}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('pages and .env.example have straight apostrophes', () => {
  expect(
    [...DOCS, '.env.example'].filter((path) =>
      /(?<=\p{L})’|’(?=\p{L})/u.test(read(path).replace(/`[^`\n]*`/gu, '')),
    ),
  ).toEqual([]);
});

test('the README stays short', () => {
  expect(Buffer.byteLength(read('README.md'))).toBeLessThan(8_000);
});
