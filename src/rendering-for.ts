import { languageOf } from './choices/choices.ts';
import { briefOf } from './note/brief.ts';
import { digestDocument } from './note/digest.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { withTimes } from './note/times.ts';
import { createRendering, type Rendering, type View } from './pipeline/rendering.ts';
import type { Platform } from './platform/platform.ts';
import { type Texts, textsFor } from './text/texts.ts';

/** How deliveries look on a platform: in the language and the zone of each place. */
export function renderingFor(
  platform: Platform,
  presented: (note: Note, texts: Texts) => Promise<Document>,
): Rendering {
  const textsOf = (view: View): Texts => textsFor(languageOf(view) ?? 'en');
  const shown = (document: Document, view: View): Document =>
    withTimes(document, textsOf(view), view.timeZone);
  return createRendering({
    platform,
    presented: async (note, view) => shown(await presented(note, textsOf(view)), view),
    brief: (note, view) => briefOf(note, textsOf(view)),
    digest: (digest, view) => shown(digestDocument(digest, textsOf(view), view), view),
  });
}
