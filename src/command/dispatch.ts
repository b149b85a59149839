import { LANGUAGES, type Language, languageFor, type Texts, textsFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import { type Document, paragraph, text } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Presenter, Reader } from '../note/present/finish.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { languageOf } from '../preferences/preferences.ts';
import { createAutocomplete } from './autocomplete.ts';
import { buildMenu, commandTexts, menuOnPlatform } from './build-menu.ts';
import type { CallbackStore } from './callback-store.ts';
import { withShortCallbacks } from './callback-store.ts';
import type { Command, CommandContext } from './command.ts';
import { canonicalName } from './command-aliases.ts';
import { exampleNoteQuery } from './example-note.ts';
import { type PromptForm, promptFor } from './form.ts';
import type {
  Admission,
  AdmissionRequest,
  Answer,
  AutocompleteRequest,
  CommandInput,
  Invocation,
} from './invocation.ts';
import type { Menu } from './menu.ts';
import { parseArgs } from './parse-args.ts';
import { createRateLimits } from './rate-limits.ts';
import { errorDocument, UserError } from './user-error.ts';
import { createUserLocks, type UserLock } from './user-locks.ts';
import type { UserPreferences, UserRecord } from './user-preferences.ts';
import { createUserPreferences, type UserKeyValue, type UserPreferencesService } from './user-preferences.ts';

/** What dispatch needs beside the commands. */
export interface DispatchParts {
  /** The program as a command sees it, apart from what belongs to one invocation. */
  readonly program: Pick<
    CommandContext,
    'archive' | 'trial' | 'standing' | 'author' | 'verify' | 'hasBreaking' | 'links' | 'now' | 'random'
  > & {
    present(note: Note, texts: Texts): Promise<Document>;
    readonly finish: Presenter['finish'];
    /** All that is kept about somebody; `own`: the inbox and the destinations that are theirs alone. */
    forget(asker: string, own: readonly string[]): Promise<void>;
    /** Without it there are no commands that need it. */
    propose?(words: string, by: Invocation): ReturnType<NonNullable<CommandContext['propose']>>;
    readonly subscriptions: Omit<CommandContext['subscriptions'], 'subscribe'> & {
      /** `maker`: who asks, and what the destination is a part of (`Place.home`). */
      subscribe(
        destination: string,
        maker: { readonly asker: string; readonly home: string },
        choices?: Preferences,
      ): ReturnType<CommandContext['subscriptions']['subscribe']>;
    };
    readonly readers: UserKeyValue;
  };
  readonly callbacks: CallbackStore;
  readonly log: Log;
  /** Milliseconds on a clock that never runs backwards. */
  now(): number;
}

export interface Dispatch extends Pick<UserPreferencesService, 'readerFor'> {
  /** In English. */
  readonly menu: Menu;
  menuIn(language: Language): Menu;
  /** Whether there is room for one more command or press; where there is, it is taken. */
  admit(asking: AdmissionRequest): Admission;
  /** Finds, checks and runs a command. Never throws: mistakes and faults become polite documents. */
  answer(invocation: Invocation): Promise<Answer>;
  /** The same for one letter of words that are typed in any chat (`Host.share`). */
  admitInline(asker: string): boolean;
  /** What is to be asked for before that is answered; `undefined`: nothing. Never throws. */
  form(invocation: Invocation): Promise<PromptForm | undefined>;
  /** What the asker may be about to type: at most 25, of 1 to 100 characters, each once; none to who asks too much. Never throws. */
  suggest(typing: AutocompleteRequest): Promise<readonly string[]>;
}

/** One table of commands for both platforms. */
export function createDispatch(all: readonly Command[], parts: DispatchParts): Dispatch {
  const commands = all.filter(({ needs }) => needs === undefined || parts.program[needs]);
  const byName = new Map(commands.map((command) => [command.name, command]));
  const commandNamed = (name: string): Command | undefined => byName.get(canonicalName(name));
  const menus = Object.fromEntries(
    LANGUAGES.map((language) => [language, buildMenu(commands, textsFor(language))]),
  ) as Readonly<Record<Language, Menu>>;
  const menuIn = (language: Language): Menu => menus[language];
  const menu = menuIn('en');
  const limits = createRateLimits(parts.now);
  const enter = createUserLocks();
  const { readers: shelf, subscriptions } = parts.program;
  const { load, recordReportedLanguage, readerFor, audienceOf } = createUserPreferences({
    shelf,
    choices: subscriptions.choices,
    choose: subscriptions.choose,
    log: parts.log,
  });

  function admit({ command, asker, place }: AdmissionRequest): Admission {
    const isSetting = asker.manages && commandNamed(command)?.for === 'managers';
    const { waitMs, first } = limits.acquire(
      isSetting
        ? [['manager', asker.id]]
        : [
            ['asker', asker.id],
            ['place', place],
          ],
    );
    if (waitMs === 0) return { status: 'admitted' };
    if (first) parts.log.debug('user.refused', { place, waitMs });
    const sentence = textsFor(asker.language).platform.tooOften(Math.ceil(waitMs / 1000));
    return { status: 'refused', sentence, first };
  }

  async function answer(asked: Invocation): Promise<Answer> {
    let reader: Reader = { language: asked.asker.language };
    const finish = async (document: Document, to: Answer['to']): Promise<Answer> => {
      const short = await withShortCallbacks(document, parts.callbacks, asked.asker.id);
      return { document: parts.program.finish(short, { ...reader, nowMs: parts.program.now() }), to };
    };
    const log = parts.log.with({ platform: asked.platform, command: asked.command });
    const inHand = await enter(asked.asker.id);
    try {
      const command = commandNamed(asked.command);
      const chosen = await load(asked.asker.id);
      await recordReportedLanguage(asked);
      const readers = await audienceOf(asked, chosen, command?.answerTo === 'everyone');
      reader = readers;
      const texts = textsFor(readers.language);
      if (!command || (command.only && command.only !== asked.platform))
        throw new UserError(texts.problem.unknownCommand(asked.command));
      if (command.for === 'managers' && !asked.asker.manages)
        throw new UserError(texts.platform.notYours[asked.platform]);
      const input = await recalled(asked.input, texts);
      const args = parseArgs(command.options, input, texts, await exampleOf(command, input, texts));
      const document = await command.run(args, contextOf(asked, chosen, readers, inHand));
      log.debug('command.answered');
      return await finish(document, command.answerTo);
    } catch (error) {
      if (error instanceof UserError) return finish(errorDocument(error), 'asker');
      log.error('command.failed', { error });
      const { failed } = textsFor(reader.language ?? 'en').platform;
      return finish([paragraph(text(failed))], 'asker');
    } finally {
      inHand.release();
    }
  }

  function contextOf(
    invocation: Invocation,
    reader: UserRecord,
    seenBy: Required<UserPreferences>,
    inHand: UserLock,
  ): CommandContext {
    const texts = textsFor(seenBy.language);
    const { present, finish, forget, propose, subscriptions, readers, ...program } = parts.program;
    const { asker, place, platform, show } = invocation;
    const maker = { asker: asker.id, home: place.home };
    let { chat } = reader;
    const keepReader = async (kept: UserPreferences): Promise<void> =>
      void (await readers.set(asker.id, { ...kept, ...(chat !== undefined && { chat }) }));
    return {
      ...program,
      present: (note) => present(note, texts),
      subscriptions: {
        ...subscriptions,
        async subscribe(id, choices) {
          const outcome = await subscriptions.subscribe(id, maker, choices);
          if (place.kind === 'private' && outcome !== 'full' && chat !== id) {
            chat = id;
            await keepReader(reader);
          }
          return outcome;
        },
      },
      ...(propose && { propose: (words) => propose(words, invocation) }),
      ...(show && {
        show: ({ document, fallback }, preferences) =>
          show(
            finish(document, { language: languageOf(preferences), timeZone: preferences.timeZone }, fallback),
            preferences.look,
          ),
      }),
      reader,
      timeZone: seenBy.timeZone,
      keepReader,
      forget: () =>
        inHand.runExclusive(async () => {
          const here = place.kind === 'private' ? [place.destination, place.home] : [];
          // What was in hand before may have made the chat known.
          const known = (await readers.get(asker.id))?.chat;
          const own = [...here, chat, known, asker.inbox].filter((id) => id !== undefined);
          for (const id of new Set(own)) await subscriptions.unsubscribe(id);
          await readers.delete(asker.id);
          await forget(asker.id, own);
        }),
      asker,
      place,
      platform,
      menu: menuOnPlatform(platform, menuIn(languageFor(seenBy.language))),
      texts,
    };
  }

  const hasRoom = (kind: 'suggestion' | 'inline', asker: string): boolean =>
    limits.acquire([[kind, asker]]).waitMs === 0;

  async function form({ command: name, input, asker }: Invocation): Promise<PromptForm | undefined> {
    const command = commandNamed(name);
    if (!command) return undefined;
    const texts = textsFor(asker.language);
    const said = commandTexts(command.name, texts).form;
    const author = parts.program.author().name;
    return (
      promptFor(command, input, said, author) && promptFor(command, input, said, author, await example(texts))
    );
  }

  /** Words that name a post; `undefined` where there is none, or none can be had now: an example is worth no answer. */
  async function example(texts: Texts): Promise<string | undefined> {
    try {
      return await exampleNoteQuery(parts.program.archive, texts);
    } catch (error) {
      parts.log.error('example.unread', { error });
      return undefined;
    }
  }

  /** A line that works, for who left out what the command is about. */
  async function exampleOf(command: Command, input: CommandInput, texts: Texts): Promise<string | undefined> {
    const { example: written, form: said } = commandTexts(command.name, texts);
    if (command.options['note'] === undefined) return written;
    const words = promptFor(command, input, said, '') && (await example(texts));
    return words === undefined ? undefined : `/${command.name} ${words}`;
  }

  async function recalled(
    input: CommandInput,
    texts: Texts,
  ): Promise<Exclude<CommandInput, { kept: string }>> {
    if ('named' in input) return input;
    const found = await ('kept' in input
      ? parts.callbacks.expand(input.kept)
      : parts.callbacks.expandLine(input.line));
    if (found === undefined) throw new UserError(texts.problem.expired);
    return typeof found === 'string' ? { line: found } : { named: found };
  }

  return {
    menu,
    menuIn,
    admit,
    admitInline: (asker) => hasRoom('inline', asker),
    readerFor,
    answer,
    form,
    suggest: createAutocomplete({
      command: commandNamed,
      program: parts.program,
      readerFor,
      hasRoom: (asker) => hasRoom('suggestion', asker),
      log: parts.log,
    }),
  };
}
