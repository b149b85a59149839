import { LANGUAGES, type Language, type Texts, textsFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import { type Document, paragraph, text } from '../note/document.ts';
import { type Presenter, type Reader, readySentence } from '../note/present/finish.ts';
import { createAccess } from './access.ts';
import { createAutocomplete } from './autocomplete.ts';
import { buildMenu, commandTexts } from './build-menu.ts';
import { type DecodedCallback, decodeCallback } from './callback-codec.ts';
import { type CallbackStore, withShortCallbacks } from './callback-store.ts';
import type { Chat, User } from './chat.ts';
import type { Command } from './command.ts';
import { canonicalName } from './command-aliases.ts';
import { type CommandProgram, createCommandContext, type Invoker } from './command-context.ts';
import { exampleNoteQuery } from './example-note.ts';
import { missingOption, promptForm } from './form.ts';
import { isOnPlatform, type Menu } from './menu.ts';
import { parseArgs } from './parse-args.ts';
import type { Answer, AutocompleteRequest, Responder, SharedNotesRequest, UserRequest } from './request.ts';
import { errorDocument, UserError } from './user-error.ts';
import { createUserLocks, type UserLock } from './user-locks.ts';
import { createUserPreferences, privateLocale, type UserRecord } from './user-preferences.ts';
import { createSharedNotes, type SharedNotesPage } from './views/shared-notes.ts';

export interface RequestHandlerParts {
  readonly program: CommandProgram;
  /** Renders posts to share in other chats. */
  readonly finishNote: Presenter['finishNote'];
  readonly callbacks: CallbackStore;
  readonly log: Log;
  /** Milliseconds on a clock that never runs backwards. */
  now(): number;
}

export interface RequestHandler {
  /** In English. */
  readonly menu: Menu;
  menuIn(language: Language): Menu;
  /**
   * Answers a request through its responder, or refuses it. Never rejects: mistakes and faults become polite answers.
   */
  handle(request: UserRequest, responder: Responder): Promise<void>;
  /**
   * Completes what a user is typing: at most 25 distinct values of 1–100 characters; none if rate-limited. Never
   * rejects.
   */
  autocomplete(request: AutocompleteRequest): Promise<readonly string[]>;
  /** Posts to share in other chats, in the user's language; `undefined` if rate-limited. */
  shareNotes(request: SharedNotesRequest): Promise<SharedNotesPage | undefined>;
  /** IETF tag of the language that a user chose, or else of the reported one. Never rejects. */
  languageOf(user: string, reported: string): Promise<string>;
}

/** The button that deletes messages about setting up a chat. Not a command, since each platform deletes its own. */
export const CLEAN_UP = 'cleanup';
/** Cancels a prompt. Not a command either. */
const CANCEL = 'cancel';

/** The command and input of a request, with its token decoded. */
type Target = Pick<DecodedCallback, 'command' | 'input'> & { readonly replace: boolean };

/** One table of commands for both platforms. */
export function createRequestHandler(
  all: readonly Command[],
  { program, finishNote, callbacks, log, now }: RequestHandlerParts,
): RequestHandler {
  const commands = all.filter(({ requires }) => requires === undefined || program[requires]);
  const byName = new Map(commands.map((command) => [command.name, command]));
  /** The only place where former names are resolved, be they typed, in cached menus or on buttons. */
  const commandNamed = (name: string): Command | undefined => byName.get(canonicalName(name));
  const menus = Object.fromEntries(
    LANGUAGES.map((language) => [language, buildMenu(commands, textsFor(language))]),
  ) as Readonly<Record<Language, Menu>>;
  const menuIn = (language: Language): Menu => menus[language];
  const access = createAccess(now, log);
  const enter = createUserLocks();
  const { userStorage: storage, subscriptions } = program;
  const users = createUserPreferences({
    storage,
    preferencesOf: subscriptions.preferencesOf,
    setPreferences: subscriptions.setPreferences,
    log,
  });
  const findNotes = createSharedNotes(program.archive, finishNote);

  async function handle(request: UserRequest, responder: Responder): Promise<void> {
    const target = targetOf(request);
    const command = target && commandOn(request.platform, target.command);
    if (!command && request.type === 'command' && !request.isAddressed) return;
    // Acquired before the user's data is read, which must not be written back once they are forgotten.
    const lock = await enter(request.user.id);
    try {
      const answer = await answerTo(request, responder, lock, target, command).finally(lock.release);
      if (answer) await responder.answer(answer);
    } catch (error) {
      log.error('command.failed', { ...named(request, command), error });
    }
  }

  function commandOn(platform: UserRequest['platform'], name: string): Command | undefined {
    const command = commandNamed(name);
    return command && isOnPlatform(platform, command) ? command : undefined;
  }

  /** The answer; `undefined` if the responder has ended the request in another way. */
  async function answerTo(
    request: UserRequest,
    responder: Responder,
    lock: UserLock,
    target: Target | undefined,
    command: Command | undefined,
  ): Promise<Answer | undefined> {
    const record = await users.load(request.user.id);
    const { language } = privateLocale(record, request.user.language);
    const texts = textsFor(language);
    const isCleanUp = request.type === 'callback' && target?.command === CLEAN_UP && responder.cleanUp;
    if (!target || (!command && !isCleanUp && request.type !== 'command')) {
      await responder.refuse({ sentence: texts.platform.oldButton, isFirst: true });
      return undefined;
    }

    const chat = request.chat(texts);
    const subject = command ?? { for: isCleanUp ? 'managers' : 'readers' };
    const admission = await access.admit(request, subject, chat, texts);
    if ('refusal' in admission) {
      await responder.refuse(admission.refusal);
      return undefined;
    }
    if (isCleanUp) {
      if (await responder.cleanUp?.(texts)) await deleteSamples(chat);
      return undefined;
    }

    // A user who types another command has abandoned the prompt.
    if (request.type === 'command' && (await responder.cancelPrompt?.()) && target.command === CANCEL)
      return { document: readySentence(texts.suggest.cancelled, language), to: 'user' };
    const { id, inbox, language: reportedLanguage } = request.user;
    const user: User = {
      id,
      isManager: admission.isManager,
      language,
      reportedLanguage,
      ...(inbox !== undefined && { inbox }),
    };
    const invoker = { platform: request.platform, user, chat };
    try {
      return await run(target, command, { ...invoker, record, lock, texts }, responder);
    } catch (error) {
      const isUserError = error instanceof UserError;
      if (!isUserError) log.error('command.failed', { ...named(request, command), error });
      const document = isUserError ? errorDocument(error) : [paragraph(text(texts.platform.failed))];
      return { document: await finish(document, id, privateLocale(record, reportedLanguage)), to: 'user' };
    }
  }

  /** Runs the command, or prompts for a missing option. Throws `UserError` for the user's mistakes. */
  async function run(
    { command: typed, input: given, replace }: Target,
    command: Command | undefined,
    { texts, record, lock, ...invoker }: Invoker & { record: UserRecord; lock: UserLock; texts: Texts },
    responder: Responder,
  ): Promise<Answer | undefined> {
    const { platform, user, chat } = invoker;
    const { language } = user;
    if (!command) {
      responder.accept({ replace, to: 'user', isSetup: false, language });
      throw new UserError(texts.problem.unknownCommand(typed));
    }
    const isAllowed = command.for === 'readers' || user.isManager;
    const input = 'stored' in given ? await callbacks.expand(given) : given;
    const missing = isAllowed && input ? missingOption(command, input) : undefined;
    const example = missing && command.options['note'] && (await exampleFor(texts));
    const { form } = commandTexts(command.name, texts);
    if (missing && form && responder.prompt) {
      const prompt = promptForm(command, missing, form, program.author().name, example);
      await responder.prompt(prompt, texts);
      return undefined;
    }

    const { answerTo: to } = command;
    responder.accept({ replace, to, isSetup: command.for === 'managers', language });
    if (!isAllowed) throw new UserError(texts.byPlatform[platform].managersOnly);
    if (!input) throw new UserError(texts.problem.expired);
    const locale = await users.localeFor(user, chat, record, to === 'everyone');
    const context = createCommandContext(program, menuIn, {
      ...invoker,
      record,
      locale,
      lock,
      preview: responder.preview,
    });
    const args = parseArgs(
      command.options,
      input,
      context.texts,
      exampleLine(command, example, context.texts),
    );
    const document = await command.run(args, context);
    log.debug('command.answered', { platform, command: command.name });
    return { document: await finish(document, user.id, locale), to };
  }

  const finish = async (document: Document, user: string, reader: Reader): Promise<Answer['document']> =>
    program.finish(await withShortCallbacks(document, callbacks, user), { ...reader, nowMs: program.now() });

  /** A post's name as an example; `undefined` if there is none. A failed read is only logged: examples are optional. */
  async function exampleFor(texts: Texts): Promise<string | undefined> {
    try {
      return await exampleNoteQuery(program.archive, texts);
    } catch (error) {
      log.error('example.unread', { error });
      return undefined;
    }
  }

  async function deleteSamples({ destination }: Chat): Promise<void> {
    await program.samplePoster.deleteAll(destination, await subscriptions.preferencesOf(destination));
  }

  const languageOf = async (user: string, reported: string): Promise<string> =>
    privateLocale(await users.load(user), reported).language;

  return {
    menu: menuIn('en'),
    menuIn,
    handle,
    languageOf,
    autocomplete: createAutocomplete({
      command: commandNamed,
      program,
      localeFor: async (user, reported) => privateLocale(await users.load(user), reported),
      hasRoom: (user) => access.admitKeystroke('suggestion', user),
      log,
    }),
    async shareNotes({ words, offset, user, language: reported }) {
      if (!access.admitKeystroke('inline', user)) return undefined;
      return findNotes(words, offset, privateLocale(await users.load(user), reported));
    },
  };
}

const named = ({ platform }: UserRequest, command: Command | undefined) => ({
  platform,
  ...(command && { command: command.name }),
});

/** The request's command and input; `undefined` if its token is invalid. */
function targetOf(request: UserRequest): Target | undefined {
  if (request.type === 'command') return { command: request.command, input: request.input, replace: false };
  const decoded = decodeCallback(request.token, request.type === 'callback' ? request.selected : undefined);
  if (!decoded) return undefined;
  const { command, responseMode } = decoded;
  if (request.type === 'form') return { command, input: { named: request.fields }, replace: false };
  return { command, input: decoded.input, replace: responseMode === 'replace' };
}

/** A valid line, for users who left out a required option. */
const exampleLine = (
  { name, options }: Command,
  words: string | undefined,
  texts: Texts,
): string | undefined => (options['note'] ? words && `/${name} ${words}` : commandTexts(name, texts).example);
