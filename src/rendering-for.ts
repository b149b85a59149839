import { briefOf } from './note/brief.ts';
import { digestDocument } from './note/digest.ts';
import type { Document } from './note/document.ts';
import type { Note } from './note/note.ts';
import { withTimes } from './note/times.ts';
import { viewedBrief, viewedIn } from './note/viewer.ts';
import { createRendering, type Rendering, type View } from './pipeline/rendering.ts';
import type { Platform } from './platform/platform.ts';
import { type Texts, textsFor } from './text/texts.ts';

/** How deliveries look on a platform: in the language and the zone of each place, with links to the operator's web client. */
export function renderingFor(
  platform: Platform,
  presented: (note: Note, texts: Texts) => Promise<Document>,
  viewer: string,
): Rendering {
  const textsOf = ({ language = 'en' }: View): Texts => textsFor(language);
  const shown = (document: Document, view: View): Document =>
    withTimes(viewedIn(document, viewer), textsOf(view), view.timeZone);
  return createRendering({
    platform,
    presented: async (note, view) => shown(await presented(note, textsOf(view)), view),
    brief: (note, view) => viewedBrief(briefOf(note, textsOf(view)), viewer),
    digest: (digest, view) => shown(digestDocument(digest, textsOf(view), view), view),
  });
}
