import { createHash } from 'node:crypto';
import type { Language } from '../../i18n/texts.ts';
import { type Markup, markup, trusted } from '../../lib/markup.ts';
import { chartSections } from './charts.ts';
import {
  healthSection,
  notesSection,
  platformsSection,
  processesSection,
  relaysSection,
  totalsSection,
} from './sections.ts';
import type { Snapshot } from './snapshot.ts';
import { STYLE } from './style.ts';
import { pageWords } from './words.ts';

const REFRESH_S = 60;

/** The page loads nothing and runs no scripts. Its only style sheet is allowed by its hash. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'accept-language',
};

const documentOf = (language: string, title: string, head: Markup, body: Markup): string =>
  markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
${head}<title>${title}</title>
<link rel="icon" href="data:,"/>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;

/** The status page as HTML. */
export async function renderPage(snapshot: Snapshot, language: Language): Promise<string> {
  const { authorName, nowMs, timeZone, history } = snapshot;
  const words = pageWords(language, nowMs, timeZone);
  const { statusPage: pageTexts } = words.texts;
  const title = `Postrider · ${authorName}`;
  return documentOf(
    words.tag,
    title,
    markup`<meta http-equiv="refresh" content="${REFRESH_S}"/>
`,
    markup`<header><h1><bdi>${title}</bdi></h1>${healthSection(snapshot, words)}</header>
<main>
${totalsSection(snapshot, words)}
${platformsSection(snapshot, words)}
${relaysSection(snapshot, words)}
${processesSection(snapshot, words)}
${notesSection(snapshot, words)}
${history ? await chartSections(snapshot, history, words) : markup`<p>${pageTexts.unreadable}</p>`}
</main>
<footer><p>${pageTexts.serverTime}${words.time(nowMs)}</p><p>${pageTexts.footer(timeZone)}</p></footer>`,
  );
}

/** A page that says why there is no status page, in English like the documentation that it mentions. */
export const noticePage = (heading: string, explanation: string): string =>
  documentOf(
    'en',
    `Postrider · ${heading}`,
    markup``,
    markup`<header><h1>${heading}</h1></header>
<main><p>${explanation}</p></main>`,
  );
