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
    name: 'init',
    summary: 'ask for author and tokens, check them, and write .env',
    operands: [],
    options: [],
    details: [
      'Shows who the author is and where to add the bot. Every question can be skipped; other lines of .env stay as they are. Needs a terminal.',
    ],
    run: async (call) => (await import('./init/init.ts')).init(call),
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
  {
    name: 'health',
    summary: 'ask the running bot whether everything works',
    operands: [],
    options: [],
    details: [
      'Asks the status server (HOST and PORT; 127.0.0.1 if that listens everywhere). Needs no token.',
      "Exit codes: 0 healthy, 1 not (the line says why), 2 HOST or PORT can't be used.",
    ],
    run: async (call) => (await import('./health.ts')).health(call),
  },
  {
    name: 'backup',
    summary: 'copy the database to a file, also while the bot runs',
    operands: [{ name: 'FILE', summary: 'the file to write, in a folder that exists' }],
    options: [{ name: 'force', summary: 'replace FILE if it exists' }],
    details: [
      'The copy is as of one moment, checked, and readable by its owner only. FILE gets its name when the copy is complete, so it never holds half of one.',
    ],
    run: async (call) => (await import('./backup.ts')).backUpDatabase(call),
  },
  {
    name: 'restore',
    summary: 'put a backup in the place of the database; stop the bot first',
    operands: [{ name: 'FILE', summary: 'the backup, which is only read' }],
    options: [
      { name: 'continue', summary: "post what's new since the backup: if the bot hasn't run since then" },
    ],
    details: [
      'The database that was there is kept under another name. Damaged files, other databases and those of a newer Postrider are refused.',
      "Posts that went out after the backup aren't in it. To post nothing twice, whatever was published until now counts as posted: it gets into the archive only. If the bot hasn't run since the backup (you're moving it to another machine), use --continue: then it goes on where it stopped and nothing is left out.",
    ],
    run: async (call) => (await import('./restore.ts')).restoreDatabase(call),
  },
  {
    name: 'copy',
    summary: 'copy everything from SQLite to PostgreSQL, or back; stop the bot first',
    operands: [
      {
        name: 'FROM',
        summary: 'the database that has everything: sqlite:<path> or postgres://…; it is only read',
      },
      { name: 'TO', summary: 'an empty database of the other kind, or a file that does not exist yet' },
    ],
    options: [],
    details: [
      'The copy goes on where the bot stopped: nothing is lost, nothing is posted twice. At the end both sides are read and compared; until then the bot refuses to start on TO.',
      'If it is interrupted, run the same command again: it goes on from there.',
      'A password in an address can be seen by other users of this machine; better leave it out and set PGPASSWORD, or write it to ~/.pgpass.',
    ],
    run: async (call) => (await import('./copy.ts')).copyBetween(call),
  },
];

/** Options of every sub-command. */
export const GLOBAL_OPTIONS = [
  { name: 'help', short: 'h', summary: 'show this help; after a command, the help for that one' },
  { name: 'version', short: 'v', summary: 'show the version' },
] as const satisfies readonly Option[];
