import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';

/** The number of paths whose last change is remembered. */
const MAX_KNOWN = 4_096;

/** Validators for conditional requests. `lastModifiedMs` is a whole second. */
export interface Validators {
  readonly etag: string;
  readonly lastModifiedMs: number;
}

export type ChangeLog = ReturnType<typeof createChangeLog>;

/**
 * When each page was last seen to change. The dates of its posts wouldn't do: a page also changes when a post is
 * deleted, and a cached copy that still has it mustn't count as current. After a restart, all pages count as just
 * changed.
 */
export function createChangeLog(nowMs: () => number) {
  const known = new LRUCache<string, Validators>({ max: MAX_KNOWN });
  return (path: string, body: string): Validators => {
    // Weak, since it is the same for every encoding.
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const last = known.get(path);
    if (last?.etag === etag) return last;
    // Two versions within one second must not have the same date.
    const second = Math.floor(nowMs() / 1000) * 1000;
    const lastModifiedMs = last && last.lastModifiedMs >= second ? last.lastModifiedMs + 1000 : second;
    const changed = { etag, lastModifiedMs };
    known.set(path, changed);
    return changed;
  };
}

/** Whether the client's copy is current (RFC 9110, 13.2.2). Its date counts only if it sent no tags. */
export function isUnchanged(headers: IncomingHttpHeaders, { etag, lastModifiedMs }: Validators): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || weak(tag.trim()) === weak(etag));
  const since = headers['if-modified-since'];
  return since !== undefined && Date.parse(since) >= lastModifiedMs;
}

const weak = (tag: string): string => tag.replace(/^W\//u, '');
