import type { Texts } from '../../i18n/texts.ts';
import type { Inline } from '../document.ts';
import { placeholder } from '../placeholders.ts';
import {
  decodePointer,
  encodePointer,
  type Pointer,
  parseAddress,
  pointerKey,
  pointerUrl,
  shortNpub,
} from '../pointer.ts';
import { validCodeEnds } from './bech32.ts';
import type { Pass, PassMatch } from './inline-scanner.ts';

const LETTERS = '[02-9ac-hj-np-z]';
const BEGINS = '(?:npub|nprofile|note|nevent|naddr)1';
const CODE = new RegExp(`(?:web\\+)?(?:nostr:)?@?(${BEGINS}${LETTERS}+)`, 'iuy');
/** nip19 refuses longer codes; looking no further keeps a hostile run of letters cheap. */
const MAX_CODE = 5_000;
/** A checksum holds by chance once in a thousand million cuts: a code with more of them is made to be tried. */
const MAX_CUTS = 3;
/** Those that hold 32 bytes and nothing else have one length. */
const FIXED = /^(?:npub|note)1/u;
const FIXED_LENGTH = 63;

/**
 * NIP-21 and NIP-27 references, with or without `nostr:`, `web+nostr:` or an at sign, also where a word, an address or
 * another code is glued to them. What has no right checksum is text.
 */
export const references: Pass = {
  trigger: new RegExp(`(?:web\\+)?nostr:|@?${BEGINS}`, 'iu'),
  read(text, at, _, before) {
    if (/[\p{L}\p{N}/]/u.test(before) && !/^(?:web\+)?nostr:/iu.test(text.slice(at, at + 10)))
      return undefined;
    CODE.lastIndex = at;
    const match = CODE.exec(text.slice(0, at + MAX_CODE));
    const found = match?.[1] && beginningWith(match[1]);
    if (!match?.[1] || !found) return undefined;
    const written = match[0].slice(0, match[0].length - match[1].length + found.length);
    return { end: at + written.length, inlines: [referenceInline(found.pointer, written)] };
  },
};

/** The code that a run of letters begins with, and how much of the run it is. */
function beginningWith(letters: string): { readonly pointer: Pointer; readonly length: number } | undefined {
  const run = letters.toLowerCase();
  const lengths = FIXED.test(run) ? [FIXED_LENGTH] : validCodeEnds(run).slice(0, MAX_CUTS);
  for (const length of lengths) {
    const pointer = run.length >= length ? decodePointer(run.slice(0, length)) : undefined;
    if (pointer) return { pointer, length };
  }
  return undefined;
}

const LABELLED = new RegExp(
  `\\[([^\\[\\]\\s]{1,${MAX_CODE}})\\]\\((?:(?:web\\+)?nostr:|https?://[^\\s()<>]{1,100}/)(${BEGINS}${LETTERS}{20,${MAX_CODE}})\\)`,
  'iuy',
);

/** Some programs write a code twice, as Markdown has links: `[npub1…](nostr:npub1…)`. It stands for one name. */
export const labelledReferences: Pass = {
  trigger: new RegExp(`\\[@?(?:nostr:)?@?${BEGINS}`, 'iu'),
  read(text, at) {
    LABELLED.lastIndex = at;
    const [whole, label = '', code = ''] = LABELLED.exec(text.slice(0, at + 2 * MAX_CODE)) ?? [];
    const pointer = decodePointer(code);
    return whole && pointer && isCodeFor(label, pointer, code)
      ? { end: at + whole.length, inlines: [referenceInline(pointer, `nostr:${code}`)] }
      : undefined;
  },
};

const NAMED = new RegExp(
  `\\[([^\\[\\]\\n]{1,100})\\]\\((?:web\\+)?nostr:(${BEGINS}${LETTERS}{20,${MAX_CODE}})\\)`,
  'iuy',
);

/** Words as the label of a code: `[this tide table](nostr:naddr1…)`. A label with a code of its own says something else. */
export const namedReferences: Pass = {
  trigger: /\[[^[\]\n]{1,100}\]\((?:web\+)?nostr:/iu,
  read(text, at) {
    NAMED.lastIndex = 0;
    const [whole, label = '', code = ''] = NAMED.exec(text.slice(at, at + 2 * MAX_CODE)) ?? [];
    const pointer = decodePointer(code);
    if (!whole || !pointer || !/[\p{L}\p{N}]/u.test(label) || HAS_CODE.test(label)) return undefined;
    const inline: Inline = {
      type: 'link',
      url: pointerUrl(pointer),
      written: `nostr:${code}`,
      label: [{ type: 'text', text: label.trim() }],
    };
    return { end: at + whole.length, inlines: [inline] };
  },
};

const HAS_CODE = new RegExp(BEGINS, 'iu');

/** Whether words say no more than the code of what is pointed at, whole or shortened (`npub1abc…xyz`). */
export function isCodeFor(words: string, pointer: Pointer, code: string): boolean {
  const said = words.replace(/^@?(?:nostr:)?@?/iu, '').toLowerCase();
  const whole = decodePointer(said);
  if (whole) return pointerKey(whole) === pointerKey(pointer);
  const [, begins, ends] = /^([a-z]{4,8}1[a-z\d]*)(?:…|\.{2,3}|:)([a-z\d]*)$/u.exec(said) ?? [];
  return [code.toLowerCase(), encodePointer(pointer)].some(
    (full) => begins !== undefined && ends !== undefined && full.startsWith(begins) && full.endsWith(ends),
  );
}

/**
 * A pointer in running text: people by name, notes by a link. Among the author's words it is marked as none of them; in a
 * line of ours (`ours`) it is said in ours.
 */
export function referenceInline(pointer: Pointer, written: string, ours = false): Inline {
  const url = pointerUrl(pointer);
  if (pointer.type === 'profile')
    return { type: 'mention', pubkey: pointer.pubkey, name: shortNpub(pointer.pubkey), url, written };
  return {
    type: 'link',
    url,
    written,
    label: [placeholder(labelFor(pointer, ours))],
  };
}

/** What a note is called in our own words while nothing more is known of it. */
export const pointerLabel = (pointer: Pointer, texts: Texts): string => texts.note[labelFor(pointer, true)];

function labelFor(pointer: Pointer, ours: boolean) {
  const isArticle = pointer.type === 'address' && pointer.kind === 30_023;
  if (ours) return isArticle ? 'someArticle' : 'someNote';
  return isArticle ? 'articleElsewhere' : 'noteElsewhere';
}

/** Before NIP-27 people wrote `#[0]` for the tag of that number: a person, a note or an article. */
export const legacyReferences: Pass = {
  trigger: /#\[\d{1,3}\]/u,
  read(text, at, { tags }): PassMatch | undefined {
    const end = text.indexOf(']', at) + 1;
    const [name, value = ''] = tags[Number(text.slice(at + 2, end - 1))] ?? [];
    const pointer = taggedBy(name, value);
    return pointer && { end, inlines: [referenceInline(pointer, text.slice(at, end))] };
  },
};

function taggedBy(name: string | undefined, value: string): Pointer | undefined {
  const isHex = /^[0-9a-f]{64}$/u.test(value);
  if (name === 'p') return isHex ? { type: 'profile', pubkey: value, relays: [] } : undefined;
  if (name !== 'e' && name !== 'a' && name !== 'q') return undefined;
  return isHex ? { type: 'event', id: value, relays: [] } : parseAddress(value);
}
