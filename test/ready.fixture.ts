import type { Document } from '../src/note/document.ts';
import { DEFAULT_WEB_CLIENT } from '../src/note/links/web-client-links.ts';
import {
  createPresenter,
  type PresenterOptions,
  type Reader,
  type ReadyDocument,
} from '../src/note/present/finish.ts';
import type { LongNoteFallback } from '../src/note/present/long-note-fallback.ts';

/** The program's presenter for an author without a name, so that documents have no byline. */
export const testPresenter = (options: Partial<PresenterOptions> = {}) =>
  createPresenter({
    webClient: DEFAULT_WEB_CLIENT,
    mediaServers: () => [],
    author: () => ({ pubkey: 'a'.repeat(64), npub: 'npub1', name: 'npub1', unnamed: true }),
    ...options,
  });

/** A document made ready as the program does it; for an English reader unless said otherwise. */
export const ready = (document: Document, reader: Reader = {}, fallback?: LongNoteFallback): ReadyDocument =>
  testPresenter().finish(document, reader, fallback);
