import {
  buttons,
  type Document,
  heading,
  type Inline,
  link,
  paragraph,
  press,
  small,
  text,
} from '../note/document.ts';
import type { Author, Note } from '../note/note.ts';
import { eventUrl } from '../note/pointer.ts';
import { headlineOf } from '../note/present.ts';
import { type Texts, textsFor } from '../text/texts.ts';
import type { Archive, CommandContext } from './command.ts';
import { sentence } from './sentence.ts';

interface WelcomeParts {
  readonly archive: Pick<Archive, 'latest'>;
  readonly subscriptions: Pick<CommandContext['subscriptions'], 'choices'>;
  author(): Author;
  /** Which servers were greeted. */
  readonly shelf: {
    get(home: string): Promise<true | undefined>;
    set(home: string, greeted: true): Promise<unknown>;
  };
}

/** A server that has just let us in. */
export interface Newcomer {
  /** As `Place.home`. */
  readonly home: string;
  readonly language: string;
  /** Its places: where posts come to one of them already, it needs no greeting. */
  readonly destinations: readonly string[];
}

/** As many posts as show what it is about. */
const SHOWN = 3;

/** What is said to a server that let us in: once, ever; `undefined` from then on. */
export function createWelcome({ archive, subscriptions, author, shelf }: WelcomeParts) {
  return async ({ home, language, destinations }: Newcomer): Promise<Document | undefined> => {
    if (await shelf.get(home)) return undefined;
    await shelf.set(home, true);
    for (const destination of destinations) if (await subscriptions.choices(destination)) return undefined;
    const texts = textsFor(language);
    const { welcome } = texts.servers;
    const notes = await archive.latest({ count: SHOWN });
    return [
      heading(3, text(welcome.heading(author().name))),
      paragraph(...sentence(welcome.explained)),
      ...(notes.length > 0 ? [paragraph(...sentence(welcome.latest)), listOf(notes, texts)] : []),
      small(...sentence(welcome.forManagers)),
      buttons(
        [{ label: welcome.here, press: press('subscribe'), manner: 'add' }],
        [{ label: welcome.choose, press: press('subscribe', { place: '' }), manner: 'add', pick: 'channel' }],
      ),
    ];
  };
}

function listOf(notes: readonly Note[], texts: Texts): Document[number] {
  const lineOf = (note: Note): readonly Inline[] => [
    text(`${texts.postTypeIcons[note.postType]} `),
    link(eventUrl(note.event), headlineOf(note, texts)),
  ];
  return { type: 'list', items: notes.map(lineOf) };
}
