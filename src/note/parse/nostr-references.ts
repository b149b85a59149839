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
/** nip19 refuses longer codes, and a limit keeps hostile runs of letters cheap. */
const MAX_CODE = 5_000;
/** A checksum is valid by chance once in 10⁹ cuts; a code with more valid cuts was crafted. */
const MAX_CUTS = 3;
/** Codes of exactly 32 bytes have a fixed length. */
const FIXED = /^(?:npub|note)1/u;
const FIXED_LENGTH = 63;

/**
 * References of NIP-21 and NIP-27, with or without `nostr:`, `web+nostr:` or an at sign, even if a word, a URL or another
 * code is glued to them. Without a valid checksum they stay text.
 */
export const references: Pass = {
  trigger: new RegExp(`(?:web\\+)?nostr:|@?${BEGINS}`, 'iu'),
  read(text, at, _, before) {
    if (/[\p{L}\p{N}/]/u.test(before) && !/^(?:web\+)?nostr:/iu.test(text.slice(at, at + 10)))
      return undefined;
    CODE.lastIndex = at;
    const match = CODE.exec(text.slice(0, at + MAX_CODE));
    const found = match?.[1] && codeAtStart(match[1]);
    if (!match?.[1] || !found) return undefined;
    const written = match[0].slice(0, match[0].length - match[1].length + found.length);
    return { end: at + written.length, inlines: [referenceInline(found.pointer, written)] };
  },
};

/** The code at the start of a run, and its length. */
function codeAtStart(letters: string): { readonly pointer: Pointer; readonly length: number } | undefined {
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

/** Some clients write a code twice, as a Markdown link: `[npub1…](nostr:npub1…)`. It is one mention. */
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

/** A code with words as its label: `[this tide table](nostr:naddr1…)`. Not if the label contains another code. */
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

/** Whether a label only repeats the code, in full or shortened (`npub1abc…xyz`). */
export function isCodeFor(words: string, pointer: Pointer, code: string): boolean {
  const label = words.replace(/^@?(?:nostr:)?@?/iu, '').toLowerCase();
  const whole = decodePointer(label);
  if (whole) return pointerKey(whole) === pointerKey(pointer);
  const [, begins, ends] = /^([a-z]{4,8}1[a-z\d]*)(?:…|\.{2,3}|:)([a-z\d]*)$/u.exec(label) ?? [];
  return [code.toLowerCase(), encodePointer(pointer)].some(
    (full) => begins !== undefined && ends !== undefined && full.startsWith(begins) && full.endsWith(ends),
  );
}

/**
 * The inline for a pointer: a mention for a person, a link for a note. In the author's text, the label marks the link
 * as inserted by us; in our own sentences (`ours`) it's a plain name.
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

/** The label for a note of which nothing else is known. */
export const pointerLabel = (pointer: Pointer, texts: Texts): string => texts.note[labelFor(pointer, true)];

function labelFor(pointer: Pointer, ours: boolean) {
  const isArticle = pointer.type === 'address' && pointer.kind === 30_023;
  if (ours) return isArticle ? 'someArticle' : 'someNote';
  return isArticle ? 'articleElsewhere' : 'noteElsewhere';
}

/** Before NIP-27, `#[0]` referred to the tag of that index: a person, a note or an article. */
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
