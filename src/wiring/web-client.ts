import type { Responder } from '../command/request.ts';
import { rewriteFallbackLinks, rewriteLinks } from '../note/links/web-client-links.ts';
import type { Host, Platform } from '../platform/platform.ts';

/**
 * The way of every document that may lead to Nostr: whoever has one rendered does it through these two, so that links
 * lead to the operator's web client (`VIEWER`) in posts, answers, samples and replies alike.
 */

/** A platform that renders what it is given with links to that client. */
export function platformWithWebClient(platform: Platform, viewer: string): Platform {
  const viewed =
    <Rendered>(render: (...given: Parameters<Platform['render']>) => Rendered) =>
    (...[document, variant, brief, language]: Parameters<Platform['render']>): Rendered =>
      render(rewriteLinks(document, viewer), variant, brief && rewriteFallbackLinks(brief, viewer), language);
  return { ...platform, render: viewed(platform.render), rendered: viewed(platform.rendered) };
}

/** The same for what a platform renders by itself: what it is given to say. */
export const hostWithWebClient = (host: Host, viewer: string): Host => ({
  ...host,
  async welcome(newcomer) {
    const document = await host.welcome?.(newcomer);
    return document && rewriteLinks(document, viewer);
  },
  handle: (request, responder) => host.handle(request, responderWithWebClient(responder, viewer)),
  async shareNotes(request) {
    const page = await host.shareNotes(request);
    if (!page) return undefined;
    const notes = page.notes.map((one) => ({
      ...one,
      document: rewriteLinks(one.document, viewer),
      brief: rewriteFallbackLinks(one.brief, viewer),
    }));
    return { ...page, notes };
  },
});

const responderWithWebClient = ({ preview, ...responder }: Responder, viewer: string): Responder => ({
  ...responder,
  answer: (answer) => responder.answer({ ...answer, document: rewriteLinks(answer.document, viewer) }),
  ...(preview && {
    preview: ({ document, brief, ...post }) =>
      preview({
        ...post,
        document: rewriteLinks(document, viewer),
        ...(brief && { brief: rewriteFallbackLinks(brief, viewer) }),
      }),
  }),
});
