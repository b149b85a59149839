import { markup } from '../lib/markup.ts';
import { paths } from './addresses.ts';
import { isoTime } from './html/inlines.ts';
import type { Library } from './library.ts';
import { absolute, type View } from './view.ts';

/** Maximum entries of a sitemap, by the specification (https://www.sitemaps.org/protocol.html). */
const MAX_ENTRIES = 50_000;

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The index: a sitemap per month, so that those of past months hardly ever change. */
export async function sitemapIndex(library: Library, view: View): Promise<string> {
  const months = await library.months();
  return markup`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="${NAMESPACE}">
${months.map(
  ({ month }) => markup`<sitemap><loc>${absolute(view, paths.sitemap(month))}</loc></sitemap>
`,
)}</sitemapindex>
`.text;
}

/** All posts of a month; `undefined` if there are none. */
export async function sitemapOf(library: Library, view: View, month: string): Promise<string | undefined> {
  const entries = await library.entriesIn(month, MAX_ENTRIES);
  if (entries.length === 0) return undefined;
  return markup`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="${NAMESPACE}">
${entries.map(
  (
    entry,
  ) => markup`<url><loc>${absolute(view, paths.post(entry))}</loc><lastmod>${isoTime(entry.editedAt)}</lastmod></url>
`,
)}</urlset>
`.text;
}

/** Lets robots read everything but searches, which are expensive and find nothing new. */
export const robotsTxt = (view: View): string => `User-agent: *
Disallow: ${new URL(view.publicUrl).pathname}search

Sitemap: ${absolute(view, 'sitemap.xml')}
`;
