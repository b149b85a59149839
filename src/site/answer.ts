/** A response, before it is compressed or found to be unchanged. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** It never changes, because its address contains its digest. */
  readonly isImmutable?: true;
  /** Scripts on other sites may read it: true for feeds. */
  readonly isOpen?: true;
  /** The target of a redirect. */
  readonly location?: string;
}

export const html = (body: string, status = 200): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
});

export const xml = (body: string): Answer => ({ status: 200, type: 'application/xml; charset=utf-8', body });

/** Redirects to a path on this site. Two leading slashes would mean another host. */
export const redirect = (path: string): Answer => ({
  status: 301,
  type: 'text/plain; charset=utf-8',
  body: '',
  location: path.replace(/^\/+/u, '/'),
});
