import { type Language, languageFor } from '../../i18n/texts.ts';
import { renderPage } from './page.ts';
import { type SnapshotParts, takeSnapshot } from './snapshot.ts';

/** So long a page is shown again before everybody is asked anew. */
const FRESH_MS = 5_000;

/** Makes the status page, in the language that the browser wants (the header `Accept-Language`). Rejects only on a bug. */
export type StatusPage = (acceptLanguage?: string) => Promise<string>;

/** However many ask at once, it is made once per language. */
export function createStatusPage(parts: SnapshotParts & { steady(): number }): StatusPage {
  const made = new Map<Language, { readonly atMs: number; readonly page: Promise<string> }>();
  return (acceptLanguage = '') => {
    const language = languageFor(acceptLanguage.trim());
    const before = made.get(language);
    if (before && parts.steady() - before.atMs < FRESH_MS) return before.page;
    const page = takeSnapshot(parts).then((snapshot) => renderPage(snapshot, language));
    made.set(language, { atMs: parts.steady(), page });
    // A failure isn't shown twice.
    page.catch(() => made.delete(language));
    return page;
  };
}
