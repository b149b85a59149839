import { LANGUAGES, type Language, languageFor, type Texts, textsFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import { formatTimes } from '../note/dates/format-times.ts';
import { type Document, paragraph, text } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Preferences } from '../preferences/preferences.ts';
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
    'archive' | 'samplePoster' | 'status' | 'author' | 'verify' | 'hasBreaking' | 'links' | 'now' | 'random'
  > & {
    present(note: Note, texts: Texts): Promise<Document>;
    /** All that is kept about somebody; `own`: the inbox and the destinations that are theirs alone. */
    forget(asker: string, own: readonly string[]): Promise<void>;
    /** Without it there are no commands that need it. */
    propose?(words: string, by: Invocation): ReturnType<NonNullable<CommandContext['suggestToAuthor']>>;
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
    let texts = textsFor(asked.user.language);
    const log = parts.log.with({ platform: asked.platform, command: asked.command });
    const inHand = await enter(asked.user.id);
    try {
      const command = commandNamed(asked.command);
      const chosen = await load(asked.user.id);
      await recordReportedLanguage(asked);
      const readers = await audienceOf(asked, chosen, command?.answerTo === 'everyone');
      texts = textsFor(readers.language);
      if (!command || (command.only && command.only !== asked.platform))
        throw new UserError(texts.problem.unknownCommand(asked.command));
      if (command.for === 'managers' && !asked.user.manages)
        throw new UserError(texts.platform.notYours[asked.platform]);
      const input = await recalled(asked.input, texts);
      const args = parseArgs(command.options, input, texts, await exampleOf(command, input, texts));
      const document = await command.run(args, contextOf(asked, chosen, readers, inHand));
      log.debug('command.answered');
      return {
        document: formatTimes(
          await withShortCallbacks(document, parts.callbacks, asked.user.id),
          texts,
          readers.timeZone,
          parts.program.now(),
        ),
        to: command.answerTo,
        language: readers.language,
      };
    } catch (error) {
      if (error instanceof UserError)
        return {
          document: await withShortCallbacks(errorDocument(error), parts.callbacks, asked.user.id),
          to: 'asker',
        };
      log.error('command.failed', { error });
      return { document: [paragraph(text(texts.platform.failed))], to: 'asker' };
    } finally {
      inHand.release();
    }
  }

  function contextOf(
    invocation: Invocation,
    preferences: UserRecord,
    seenBy: Required<UserPreferences>,
    inHand: UserLock,
  ): CommandContext {
    const texts = textsFor(seenBy.language);
    const { present, forget, propose, subscriptions, readers, ...program } = parts.program;
    const { user, chat: place, platform, show } = invocation;
    const maker = { asker: user.id, home: place.home };
    let { chat } = preferences;
    const savePreferences = async (kept: UserPreferences): Promise<void> =>
      void (await readers.set(user.id, { ...kept, ...(chat !== undefined && { chat }) }));
    return {
      ...program,
      renderNote: (note) => present(note, texts),
      subscriptions: {
        ...subscriptions,
        async subscribe(id, choices) {
          const outcome = await subscriptions.subscribe(id, maker, choices);
          if (place.kind === 'private' && outcome !== 'full' && chat !== id) {
            chat = id;
            await savePreferences(preferences);
          }
          return outcome;
        },
      },
      ...(propose && { suggestToAuthor: (words) => propose(words, invocation) }),
      ...(show && { show }),
      preferences,
      timeZone: seenBy.timeZone,
      savePreferences,
      forget: () =>
        inHand.runExclusive(async () => {
          const here = place.kind === 'private' ? [place.destination, place.home] : [];
          // What was in hand before may have made the chat known.
          const known = (await readers.get(user.id))?.chat;
          const own = [...here, chat, known, user.inbox].filter((id) => id !== undefined);
          for (const id of new Set(own)) await subscriptions.unsubscribe(id);
          await readers.delete(user.id);
          await forget(user.id, own);
        }),
      user,
      chat: place,
      platform,
      menu: menuOnPlatform(platform, menuIn(languageFor(seenBy.language))),
      texts,
    };
  }

  const hasRoom = (kind: 'suggestion' | 'inline', asker: string): boolean =>
    limits.acquire([[kind, asker]]).waitMs === 0;

  async function form({ command: name, input, user }: Invocation): Promise<PromptForm | undefined> {
    const command = commandNamed(name);
    if (!command) return undefined;
    const texts = textsFor(user.language);
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
