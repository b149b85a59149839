import { viewedBrief, viewedIn } from './note/viewer.ts';
import type { Host, Platform } from './platform/platform.ts';

type Show = NonNullable<Parameters<Host['answer']>[0]['show']>;

/**
 * The way of every document that may lead to Nostr: whoever has one rendered does it through these two, so that links
 * lead to the operator's web client (`VIEWER`) in posts, answers, samples and replies alike.
 */

/** A platform that renders what it is given with links to that client. */
export function viewedPlatform(platform: Platform, viewer: string): Platform {
  const viewed =
    <Rendered>(render: (...given: Parameters<Platform['render']>) => Rendered) =>
    (...[document, variant, brief, language]: Parameters<Platform['render']>): Rendered =>
      render(viewedIn(document, viewer), variant, brief && viewedBrief(brief, viewer), language);
  return { ...platform, render: viewed(platform.render), rendered: viewed(platform.rendered) };
}

/** The same for what a platform renders by itself: what it is given to say. */
export const viewedHost = (host: Host, viewer: string): Host => ({
  ...host,
  async welcome(newcomer) {
    const document = await host.welcome?.(newcomer);
    return document && viewedIn(document, viewer);
  },
  async answer({ show, ...asked }) {
    const viewed: Show | undefined =
      show &&
      (({ document, brief, ...post }) =>
        show({
          ...post,
          document: viewedIn(document, viewer),
          ...(brief && { brief: viewedBrief(brief, viewer) }),
        }));
    const answer = await host.answer({ ...asked, ...(viewed && { show: viewed }) });
    return { ...answer, document: viewedIn(answer.document, viewer) };
  },
  async share(words, offset, reader) {
    const { shares, ...rest } = await host.share(words, offset, reader);
    const viewed = shares.map((one) => ({
      ...one,
      document: viewedIn(one.document, viewer),
      brief: viewedBrief(one.brief, viewer),
    }));
    return { ...rest, shares: viewed };
  },
});
