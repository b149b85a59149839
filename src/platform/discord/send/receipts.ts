import { createHash } from 'node:crypto';
import { MessageFlags } from 'discord.js';

/** Made of components, or of content and embeds. Discord doesn't let an edit turn the first into the second. */
export type MessageFormat = 'layout' | 'text';

/** The messages sent for one body, in order. */
export interface SentMessages {
  readonly ids: readonly string[];
  /** Missing in receipts of the first release. */
  readonly format?: MessageFormat;
  /** The forum post that contains them; it is a channel of its own. */
  readonly post?: string;
  /** Set only on the messages that opened the post, which is deleted along with them. */
  readonly titleHash?: string;
}

/**
 * `layout:<id>,<id>` or `text:<id>`; in a forum `text@<post>:<id>`, or for the opening messages
 * `text@<post>~<title hash>:<id>`.
 */
export function formatReceipt({ ids, format, post, titleHash }: SentMessages): string {
  const where = post === undefined ? '' : `@${post}${titleHash === undefined ? '' : `~${titleHash}`}`;
  return `${format === undefined ? '' : `${format}${where}:`}${ids.join(',')}`;
}

export function parseReceipt(receipt: string): SentMessages {
  const [, format, post, titleHash, ids = ''] =
    /^(?:(layout|text)(?:@(\d+)(?:~([\w-]+))?)?:)?(.*)$/u.exec(receipt) ?? [];
  return {
    ids: ids.split(','),
    ...(format === undefined ? {} : { format: format as MessageFormat }),
    ...(post === undefined ? {} : { post }),
    ...(titleHash === undefined ? {} : { titleHash }),
  };
}

/** Eight characters that show whether a title has changed, without storing the title. */
export function hashTitle(title: string): string {
  return createHash('sha256').update(title).digest('base64url').slice(0, 8);
}

/** `flags` as Discord returns them with the message. */
export function messageFormat(flags = 0): MessageFormat {
  return (flags & MessageFlags.IsComponentsV2) === 0 ? 'text' : 'layout';
}
