import type { Option, Subcommand } from './subcommand.ts';

/**
 * All sub-commands, in the order of the help; the first one is the default. This is the only list: parsing, the help, the errors for
 * unknown words and the table in `docs/operating.md` are derived from it.
 */
export const subcommands: readonly Subcommand[] = [
  {
    name: 'run',
    summary: 'run the bot; the default',
    operands: [],
    options: [],
    details: [
      'Ctrl-C or SIGTERM ends it after the work in hand; a second one ends it at once, and nothing is lost either way.',
    ],
    run: async (call) => (await import('./run.ts')).run(call),
  },
  {
    name: 'check',
    summary: 'check the configuration, relays, tokens, channels and chats, and say what to do',
    operands: [],
    options: [{ name: 'json', summary: 'one JSON object, for machines' }],
    details: [
      'It posts nothing and changes nothing, so it can also be used while the bot runs; people in a private chat or a topic may see “typing…” for a moment. Warnings don’t count as problems.',
      'Exit codes: 0 no problems, 1 problems, 2 wrong configuration.',
    ],
    run: async (call) => (await import('./check/run-check.ts')).runCheck(call),
  },
];

/** Options of every sub-command. */
export const GLOBAL_OPTIONS = [
  { name: 'help', short: 'h', summary: 'show this help; after a command, the help for that one' },
  { name: 'version', short: 'v', summary: 'show the version' },
] as const satisfies readonly Option[];
