/** What a message from the author says besides a plain answer. */
export interface ParsedReply {
  /** Block or unblock a reader, by pseudonym if the message names one. */
  readonly block?: boolean;
  readonly code?: string;
  /** The number of a suggestion that the message begins with, and the text after it. */
  readonly number?: string;
  readonly rest?: string;
}

const BLOCK_COMMANDS: ReadonlyMap<string, boolean> = new Map(
  Object.entries({
    block: true,
    unblock: false,
    屏蔽: true,
    取消屏蔽: false,
  }),
);
const BLOCK = new RegExp(
  `^/?(${[...BLOCK_COMMANDS.keys()].join('|')})(?:\\s+([a-z0-9]{4}-[a-z0-9]{4}))?[.!。！]?$`,
  'iu',
);
const NUMBERED = /^#?(\d{1,9})\s*[:：]\s*([^]*)$/u;

export function parseReply(words: string): ParsedReply {
  const [, verb, code] = BLOCK.exec(words) ?? [];
  const block = verb === undefined ? undefined : BLOCK_COMMANDS.get(verb.toLowerCase());
  if (block !== undefined) return { block, ...(code === undefined ? {} : { code: code.toLowerCase() }) };
  const [, number, rest] = NUMBERED.exec(words) ?? [];
  return number === undefined || rest === undefined ? {} : { number, rest };
}
