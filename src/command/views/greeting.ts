import { type Texts, textsFor } from '../../i18n/texts.ts';
import {
  buttons,
  callback,
  type Document,
  heading,
  type Inline,
  paragraph,
  type Select,
  small,
  text,
} from '../../note/document.ts';
import { type Author, datedAt, type Note } from '../../note/note.ts';
import { iconOf } from '../../note/post-types.ts';
import type { Presenter, ReadyDocument } from '../../note/present/finish.ts';
import { listItem } from '../../note/present/list-item.ts';
import type { ReadableArchive } from '../../store/archive.ts';
import type { CommandContext } from '../command.ts';
import { linkCommands } from './command-links.ts';

interface GreetingParts {
  readonly archive: Pick<ReadableArchive, 'latest'>;
  readonly subscriptions: Pick<CommandContext['subscriptions'], 'preferencesOf'>;
  author(): Author;
  readonly finish: Presenter['finish'];
  /** The servers that have been greeted. */
  readonly greeted: {
    get(home: string): Promise<true | undefined>;
    set(home: string, greeted: true): Promise<unknown>;
  };
}

/** A server that has just added the bot. */
export interface NewServer {
  /** As `Chat.home`. */
  readonly home: string;
  readonly language: string;
  /** Its channels. If one of them is already subscribed, the server isn't greeted. */
  readonly destinations: readonly string[];
}

/** Enough posts to show what the author writes about. */
const SHOWN = 3;

/** Makes the greeting for a server that has added the bot; `undefined` if it was greeted before. */
export function createGreeting({ archive, subscriptions, author, finish, greeted: shelf }: GreetingParts) {
  return async ({ home, language, destinations }: NewServer): Promise<ReadyDocument | undefined> => {
    if (await shelf.get(home)) return undefined;
    await shelf.set(home, true);
    for (const destination of destinations)
      if (await subscriptions.preferencesOf(destination)) return undefined;
    const texts = textsFor(language);
    const { welcome } = texts.servers;
    const notes = await archive.latest({ count: SHOWN });
    const document: Document = [
      heading(3, text(welcome.heading(author().name))),
      paragraph(...linkCommands(welcome.explained)),
      ...(notes.length > 0 ? [paragraph(...linkCommands(welcome.latest)), listOf(notes, texts)] : []),
      small(...linkCommands(welcome.forManagers)),
      buttons([{ label: welcome.here, callback: callback('subscribe'), responseMode: 'add' }]),
      channelSelect(welcome.choose),
    ];
    return finish(document, { language });
  };
}

/** A select that subscribes one of the server's channels. */
export const channelSelect = (label: string): Select => ({
  type: 'select',
  label,
  options: 'channel',
  selected: [],
  amount: 'one',
  callback: callback('subscribe', { place: '' }),
  responseMode: 'add',
});

function listOf(notes: readonly Note[], texts: Texts): Document[number] {
  const lineOf = (note: Note): readonly Inline[] =>
    listItem(note, texts, {
      mark: iconOf(note.postType),
      when: [{ type: 'time', at: datedAt(note), style: 'day' }],
      excerpt: false,
    });
  return { type: 'list', items: notes.map(lineOf) };
}
