import { type Language, languageFor } from '../../i18n/texts.ts';
import { renderPage } from './page.ts';
import { type SnapshotParts, takeSnapshot } from './snapshot.ts';

/** How long a page is cached. */
const FRESH_MS = 5_000;

/**
 * Makes the status page, in the language that the browser wants (the header `Accept-Language`). Rejects only on a
 * bug.
 */
export type StatusPage = (acceptLanguage?: string) => Promise<string>;

/** Concurrent requests share one page per language. */
export function createStatusPage(parts: SnapshotParts & { steady(): number }): StatusPage {
  const cache = new Map<Language, { readonly atMs: number; readonly page: Promise<string> }>();
  return (acceptLanguage = '') => {
    const language = languageFor(acceptLanguage.trim());
    const before = cache.get(language);
    if (before && parts.steady() - before.atMs < FRESH_MS) return before.page;
    const page = takeSnapshot(parts).then((snapshot) => renderPage(snapshot, language));
    cache.set(language, { atMs: parts.steady(), page });
    // Failures aren't cached.
    page.catch(() => cache.delete(language));
    return page;
  };
}
