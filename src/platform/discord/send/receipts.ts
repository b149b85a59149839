import { createHash } from 'node:crypto';
import { MessageFlags } from 'discord.js';

/** How a message was made: of components, or of content and embeds. The first never turns into the second. */
export type MessageFormat = 'layout' | 'text';

/** The messages that stand for one body, in order. */
export interface SentMessages {
  readonly ids: readonly string[];
  /** Absent in receipts of the first program. */
  readonly make?: MessageFormat;
  /** The post of a forum that they stand in: a channel of its own. */
  readonly post?: string;
  /** Says what that post was called; only where these messages opened it, so that it goes with them. */
  readonly named?: string;
}

/** `layout:<id>,<id>` or `text:<id>`; in a forum `text@<post>:<id>`, and `text@<post>~<name>:<id>` of what opened it. */
export function formatReceipt({ ids, make, post, named }: SentMessages): string {
  const where = post === undefined ? '' : `@${post}${named === undefined ? '' : `~${named}`}`;
  return `${make === undefined ? '' : `${make}${where}:`}${ids.join(',')}`;
}

export function parseReceipt(receipt: string): SentMessages {
  const [, make, post, named, ids = ''] =
    /^(?:(layout|text)(?:@(\d+)(?:~([\w-]+))?)?:)?(.*)$/u.exec(receipt) ?? [];
  return {
    ids: ids.split(','),
    ...(make === undefined ? {} : { make: make as MessageFormat }),
    ...(post === undefined ? {} : { post }),
    ...(named === undefined ? {} : { named }),
  };
}

/** A short word that stands for a name: whether it changed can be told without keeping it. */
export function hashTitle(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 8);
}

/** By the flags of a message as Discord shows it. */
export function messageFormat(flags = 0): MessageFormat {
  return (flags & MessageFlags.IsComponentsV2) === 0 ? 'text' : 'layout';
}
