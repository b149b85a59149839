/** What is sent back, before it is compressed or found to be unchanged. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** It never changes: its address has a digest of it. */
  readonly isImmutable?: true;
  /** Programs of other sites may read it: feeds. */
  readonly isOpen?: true;
  /** Where it is, for a redirection. */
  readonly location?: string;
}

export const html = (body: string, status = 200): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
});

export const xml = (body: string): Answer => ({ status: 200, type: 'application/xml; charset=utf-8', body });

/** To a path of this site. Two slashes at its beginning would be another host. */
export const redirect = (path: string): Answer => ({
  status: 301,
  type: 'text/plain; charset=utf-8',
  body: '',
  location: path.replace(/^\/+/u, '/'),
});
