import { documentText } from '../../note/document.ts';
import { hashtagKey } from '../../note/hashtag.ts';
import type { Note } from '../../note/note.ts';
import type { PostType } from '../../note/post-types.ts';
import { type Spelling, spellingsIn } from '../../note/search/spellings.ts';
import { asciiTokens, tokenize } from '../../note/search/tokenizer.ts';

/** Token of every note. Tokens that begin with a middle dot describe the note; no word can look like one. */
export const ANY_NOTE = '·all';
/** Token of every note of the type. */
export const postTypeToken = (postType: PostType): string => `·${postType}`;
/** Token of every note with the hashtag; in hex, because hashtags may contain characters that separate tokens. */
export const hashtagToken = (hashtag: string): string =>
  `··${Buffer.from(hashtagKey(hashtag)).toString('hex')}`;

/** What a note adds to the index of words. Words follow each other within a list, not from one list to the next. */
export interface NoteTokens {
  readonly title: readonly string[];
  readonly body: readonly string[];
  /** The words of each hashtag, and its token. */
  readonly hashtags: readonly { readonly tokens: readonly string[]; readonly mark: string }[];
  /** Tokens that describe the note, besides those of hashtags. */
  readonly marks: readonly string[];
  /** The distinct single characters among all tokens, of scripts without spaces. */
  readonly characters: readonly string[];
  /** Words that a prefix may be expanded to; repeated as often as they occur. */
  readonly words: readonly string[];
  readonly spellings: readonly Spelling[];
}

export function noteTokens(note: Note): NoteTokens {
  const title = piecesOf(note.title ?? '');
  const body = piecesOf(documentText(note.body));
  const hashtags = note.hashtags.map((hashtag) => ({ ...piecesOf(hashtag), mark: hashtagToken(hashtag) }));
  const all = [title, body, ...hashtags];
  return {
    title: title.tokens,
    body: body.tokens,
    hashtags,
    marks: [ANY_NOTE, postTypeToken(note.postType)],
    characters: [...new Set(all.flatMap(({ characters }) => characters))],
    words: all.flatMap(({ words }) => words),
    spellings: all.flatMap(({ spellings }) => spellings),
  };
}

/** What one text adds to the index: its tokens; the words and single characters among them; and its spellings. */
interface Pieces {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
  readonly characters: readonly string[];
  readonly spellings: readonly Spelling[];
}

function piecesOf(text: string): Pieces {
  const plain = asciiTokens(text);
  const spellings = spellingsIn(text);
  if (plain) return { tokens: plain, words: plain, characters: [], spellings };
  const tokens = tokenize(text);
  return {
    tokens: tokens.map(({ token }) => token),
    words: tokens.flatMap(({ token, character }) => (character === undefined ? token : [])),
    characters: tokens.flatMap(({ character }) => character ?? []),
    spellings,
  };
}
