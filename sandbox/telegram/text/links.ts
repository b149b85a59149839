const UNSUPPORTED = 'Unsupported URL protocol';
const WRONG = 'Wrong HTTP URL';

export type CheckedLink = { readonly url: string } | { readonly problem: string };

/** An address as the server keeps it: with protocol and a path; or what is wrong with it. */
export function checkLink(written: string): CheckedLink {
  const link = written.trim();
  if (/^(tg|ton|tonsite):/i.test(link)) return { url: link };
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `http://${link}`;
  if (!/^https?:\/\//i.test(absolute)) return { problem: UNSUPPORTED };
  if (/[\s"<>]/.test(absolute) || !URL.canParse(absolute)) return { problem: WRONG };
  const { hostname } = new URL(absolute);
  if (!hostname.includes('.') && !hostname.startsWith('[')) return { problem: WRONG };
  return { url: absolute.replace(/^([a-z]+:\/\/)([^/?#]*)(?=$|[?#])/i, '$1$2/') };
}

/** The address as the server keeps it, empty where it is no address: then an entity is dropped silently. */
export function normalizeLink(written: string): string {
  const checked = checkLink(written);
  return 'url' in checked ? checked.url : '';
}

/** The user of a `tg://user?id=` link, which makes a mention of a text. */
export function mentionedUserId(url: string): number | undefined {
  const id = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1];
  return id === undefined ? undefined : Number(id);
}
