import { languageOf } from './choices/choices.ts';
import { longNoteFallback } from './note/brief.ts';
import { digestDocument } from './note/digest.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { formatTimes } from './note/times.ts';
import { createRenderCache, type RenderCache, type RenderOptions } from './pipeline/rendering.ts';
import type { Platform } from './platform/platform.ts';
import { type Texts, textsFor } from './text/texts.ts';

/** How deliveries look on a platform: in the language and the zone of each place. */
export function renderingFor(
  platform: Platform,
  presented: (note: Note, texts: Texts) => Promise<Document>,
): RenderCache {
  const textsOf = (view: RenderOptions): Texts => textsFor(languageOf(view) ?? 'en');
  const shown = (document: Document, view: RenderOptions): Document =>
    formatTimes(document, textsOf(view), view.timeZone);
  return createRenderCache({
    platform,
    presented: async (note, view) => shown(await presented(note, textsOf(view)), view),
    brief: (note, view) => longNoteFallback(note, textsOf(view)),
    digest: (digest, view) => shown(digestDocument(digest, textsOf(view), view), view),
  });
}
