import { DIGEST_PART } from '../../../src/store/delivery-task.ts';
import type { Written } from './author.fixture.ts';
import { type FakeChats, isDigest, type Message } from './chats.fixture.ts';
import type { CrashDatabase } from './database.fixture.ts';
import type { Simulation } from './simulation.fixture.ts';

interface Knowledge {
  readonly places: readonly string[];
  readonly receipts: readonly {
    readonly place: string;
    readonly key: string;
    readonly part: number;
    readonly receipt: string;
  }[];
  /** The entries of the journal that are posts. */
  readonly posts: ReadonlySet<number>;
}

/** What the program knows in the end, read past it. The tables have the same names in both engines. */
async function knowledgeIn({ all }: CrashDatabase): Promise<Knowledge> {
  const places = await all('SELECT id FROM destination');
  const receipts = await all(
    'SELECT d.id AS place, key, part, receipt FROM receipt AS r JOIN destination AS d ON d.ref = r.destination',
  );
  const posts = await all("SELECT seq FROM journal WHERE action = 'post'");
  return {
    places: places.map(({ id }) => String(id)),
    receipts: receipts.map(({ place, key, part, receipt }) => ({
      place: String(place),
      key: String(key),
      part: Number(part),
      receipt: String(receipt),
    })),
    posts: new Set(posts.map(({ seq }) => Number(seq))),
  };
}

/** A group that got a new number is the same place all along. */
const isAt = (place: string, { destination }: Message): boolean =>
  place === destination || place === `${destination}0`;

const keyOf = ({ event }: Written): string =>
  event.kind === 1 ? event.id : `30023:${event.pubkey}:${event.tags[0]?.[1]}`;

/** Which posts a text shows something of. */
const postsIn = (text: string, written: readonly Written[]): readonly number[] =>
  written.filter(({ words }) => words.some((word) => text.includes(word))).map(({ post }) => post);

/** All posts at an address something of which was refused for good: what stands for it is then left as it is. */
function refusedIn({ refused }: FakeChats, written: readonly Written[]): ReadonlySet<number> {
  const posts = new Set(refused.flatMap((text) => postsIn(text, written)));
  const keys = new Set(written.filter(({ post }) => posts.has(post)).map(keyOf));
  return new Set(written.filter((each) => keys.has(keyOf(each))).map(({ post }) => post));
}

/** The entry that a message was sent for; a digest, and what comes before one, names more than entry and part. */
function purposeOf({ key, firstText }: Message, { posts }: Knowledge) {
  const [, seq, ...rest] = key.split('|');
  const isPost = rest.length === 1 && posts.has(Number(seq)) && !isDigest(firstText);
  return { seq: Number(seq), isPost, part: Number(rest.at(-1)) };
}

/**
 * What is wrong with how things stand in the end, in words. Nothing, where at every place each note stands once, in
 * order and in its newest version, nothing else stands, and whatever is too much or may be was counted.
 */
export async function findFaults(stage: Simulation): Promise<readonly string[]> {
  const known = await knowledgeIn(stage.database);
  return stage.chats.flatMap((chats) => [
    ...known.places
      .filter((place) => place.startsWith(chats.name))
      .flatMap((place) => [
        ...missing(place, chats, stage, known),
        ...left(place, chats, stage, known),
        ...disordered(place, chats, stage, known),
      ]),
    ...uncounted(chats, stage, known),
  ]);
}

function* missing(
  place: string,
  chats: FakeChats,
  stage: Simulation,
  { receipts }: Knowledge,
): Generator<string> {
  const { written, standing } = stage.writer;
  const refused = refusedIn(chats, written);
  const stranded = stage.counted('messages_stranded_total', chats.name);
  for (const note of standing.values()) {
    if (refused.has(note.post)) continue;
    const shown = receipts
      .filter((receipt) => receipt.place === place && receipt.key === keyOf(note))
      .map(({ part, receipt }) => ({ part, message: chats.messages.find(({ id }) => id === receipt) }));
    const [first] = shown;
    const isOnDigest =
      first?.part === DIGEST_PART &&
      first.message?.stands &&
      first.message.text.includes(note.words[0] ?? '');
    const isWhole =
      shown.length === note.words.length &&
      shown.every(({ part, message }) => {
        if (!message?.stands) return false;
        // Counted as stranded, found again by its key: it shows what it did.
        const isFound =
          message.isRepeated && stranded > 0 && postsIn(message.text, written).includes(note.post);
        return message.text === note.words[part] || isFound;
      });
    const text = shown.map(({ message }) => (message?.stands ? message.text : 'nothing')).join(' ');
    if (!isOnDigest && !isWhole) yield `${place}: "${note.words.join(' ')}" shows as "${text}"`;
  }
}

/**
 * What was taken back, and is known to stand. Not on a digest whose repeat was dropped: it is as the first try made it,
 * and a note that was taken back before the second is no part of that one.
 */
function* left(
  place: string,
  chats: FakeChats,
  { writer }: Simulation,
  { receipts }: Knowledge,
): Generator<string> {
  const refused = refusedIn(chats, writer.written);
  const standing = new Set([...writer.standing.values()].map(({ post }) => post));
  for (const { id, text, stands, isRepeated } of chats.messages) {
    if (isRepeated && isDigest(text)) continue;
    if (!stands || !receipts.some((receipt) => receipt.place === place && receipt.receipt === id)) continue;
    if (postsIn(text, writer.written).some((post) => !standing.has(post) && !refused.has(post)))
      yield `${place}: "${text}" stands, although it was taken back`;
  }
}

function* disordered(
  place: string,
  chats: FakeChats,
  { writer, counted }: Simulation,
  known: Knowledge,
): Generator<string> {
  // A part that was stranded and found again stands where it did.
  const isStrict = counted('messages_stranded_total', chats.name) === 0;
  let before = { seq: 0, part: 0, post: 0 };
  for (const message of chats.messages.filter((each) => isAt(place, each))) {
    const { seq, isPost, part } = purposeOf(message, known);
    const post = isPost ? (postsIn(message.firstText, writer.written)[0] ?? 0) : before.post;
    const isLater = seq > before.seq || (seq === before.seq && (!isPost || !isStrict || part >= before.part));
    if (!isLater || post < before.post) yield `${place}: "${message.firstText}" came late`;
    before = { seq, part, post };
  }
}

/** Messages that nobody wanted, against what was counted; and what was counted against what happened. */
function* uncounted(
  chats: FakeChats,
  { lives, counted }: Simulation,
  { receipts }: Knowledge,
): Generator<string> {
  const { name, messages, setbacks } = chats;
  const made = name === 'discord' ? messages.filter(({ stands }) => stands) : messages;
  const repeats = made.length - new Set(made.map(({ key }) => key)).size;
  const strays = messages.filter(
    ({ id, stands }) => stands && !receipts.some(({ receipt }) => receipt === id),
  ).length;
  const doubts = counted('messages_in_doubt_total', name);
  const stranded = counted('messages_stranded_total', name);
  if (name === 'discord' && repeats > 0) yield `${name}: ${repeats} messages came twice`;
  if (repeats > doubts) yield `${name}: ${repeats} messages too many, ${doubts} counted`;
  const mayStray = stranded + (name === 'discord' ? 0 : doubts);
  if (strays > mayStray) yield `${name}: ${strays} messages that nobody knows of, ${mayStray} counted`;
  // Each place has one call in hand when the program ends.
  const reasons = setbacks + (lives.length - 1) * 2;
  if (doubts + stranded > reasons)
    yield `${name}: ${doubts} doubts, ${stranded} stranded, ${reasons} reasons`;
}
