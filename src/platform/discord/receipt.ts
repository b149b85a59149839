import { MessageFlags } from 'discord.js';

/** How a message was made: of components, or of content and embeds. The first never turns into the second. */
export type Make = 'layout' | 'text';

/** The messages that stand for one body, in order. */
export interface Standing {
  readonly ids: readonly string[];
  /** Absent in receipts of the first program. */
  readonly make?: Make;
}

/** `layout:<id>,<id>` or `text:<id>`. */
export function receiptOf({ ids, make }: Standing): string {
  return `${make === undefined ? '' : `${make}:`}${ids.join(',')}`;
}

export function standingOf(receipt: string): Standing {
  const [, make, ids = ''] = /^(?:(layout|text):)?(.*)$/u.exec(receipt) ?? [];
  return { ids: ids.split(','), ...(make === undefined ? {} : { make: make as Make }) };
}

/** By the flags of a message as Discord shows it. */
export function makeOf(flags = 0): Make {
  return (flags & MessageFlags.IsComponentsV2) === 0 ? 'text' : 'layout';
}
