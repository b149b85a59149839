import { rewriteFallbackLinks, rewriteLinks } from '../note/links/web-client-links.ts';
import type { Host, Platform } from '../platform/platform.ts';

type Show = NonNullable<Parameters<Host['answer']>[0]['show']>;

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
  async answer({ show, ...asked }) {
    const viewed: Show | undefined =
      show &&
      (({ document, brief, ...post }) =>
        show({
          ...post,
          document: rewriteLinks(document, viewer),
          ...(brief && { brief: rewriteFallbackLinks(brief, viewer) }),
        }));
    const answer = await host.answer({ ...asked, ...(viewed && { show: viewed }) });
    return { ...answer, document: rewriteLinks(answer.document, viewer) };
  },
  async share(words, offset, reader) {
    const { notes, ...rest } = await host.share(words, offset, reader);
    const viewed = notes.map((one) => ({
      ...one,
      document: rewriteLinks(one.document, viewer),
      brief: rewriteFallbackLinks(one.brief, viewer),
    }));
    return { ...rest, notes: viewed };
  },
});
