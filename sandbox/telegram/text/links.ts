const UNSUPPORTED = 'Unsupported URL protocol';
const WRONG = 'Wrong HTTP URL';

export type CheckedLink = { readonly url: string } | { readonly problem: string };

/** Normalizes an address as the server does, with protocol and path, or says what is wrong with it. */
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

/** The normalized address; empty if it is invalid, in which case the entity is dropped silently. */
export function normalizeLink(written: string): string {
  const checked = checkLink(written);
  return 'url' in checked ? checked.url : '';
}

/** The user id of a `tg://user?id=` link, which becomes a mention. */
export function mentionedUserId(url: string): number | undefined {
  const id = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1];
  return id === undefined ? undefined : Number(id);
}
