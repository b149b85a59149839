import type { Block, Button, Document, Inline } from '../document.ts';
import { authorOf, CANONICAL_WEB_CLIENT, decodePointer } from '../pointer.ts';
import type { LongNoteFallback } from '../present/long-note-fallback.ts';
import { postPath } from './post-path.ts';

/** The URL that opens a NIP-19 code. `needsNostrClient`: the action needs a Nostr client. */
export type WebLinks = (code: string, needsNostrClient: boolean) => string;

/** Rewrites a URL made by us; leaves every other URL alone. */
type Move = (url: string, needsNostrClient?: boolean) => string;

/** References as written in notes (NIP-21, NIP-27 and older forms); all other links were chosen by the author. */
const REFERENCE = /^(?:web\+)?(?:nostr:|@?n(?:pub|profile|ote|event|addr)1|#\[)/iu;

/** The web client used unless the operator configures another; `{code}` is a NIP-19 code. */
export const DEFAULT_WEB_CLIENT = `${CANONICAL_WEB_CLIENT}{code}`;

/** Opens everything in one web client. */
export const webClientLinks =
  (template: string): WebLinks =>
  (code) =>
    template.replaceAll('{code}', () => code);

/**
 * Opens the author's own notes on the author's public site, everything else in the web client. `publicUrl` ends in a
 * slash.
 */
export function publicSiteLinks(publicUrl: string, author: () => string, elsewhere: WebLinks): WebLinks {
  return (code, needsNostrClient) => {
    const pointer = needsNostrClient ? undefined : decodePointer(code);
    const path =
      pointer && pointer.type !== 'profile' && authorOf(pointer) === author() ? postPath(pointer) : undefined;
    return path === undefined ? elsewhere(code, needsNostrClient) : publicUrl + path;
  };
}

/**
 * Rewrites a document's links to people and notes on Nostr, so that they open at the configured place. Links that the
 * author wrote stay unchanged, even if they lead to the default client.
 */
export function rewriteLinks(document: Document, links: WebLinks): Document {
  const move = moveTo(links);
  return document.map((block) => movedBlock(block, move));
}

/** The same for the fallback of a long note. */
export function rewriteFallbackLinks(brief: LongNoteFallback, links: WebLinks): LongNoteFallback {
  const move = moveTo(links);
  const { summary, readOn } = brief;
  return {
    ...brief,
    ...(summary && { summary: summary.map((inline) => movedInline(inline, move)) }),
    readOn: { ...readOn, url: move(readOn.url) },
  };
}

const moveTo =
  (links: WebLinks): Move =>
  (url, needsNostrClient = false) =>
    url.startsWith(CANONICAL_WEB_CLIENT)
      ? links(url.slice(CANONICAL_WEB_CLIENT.length), needsNostrClient)
      : url;

function movedBlock(block: Block, move: Move): Block {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return { ...block, children: block.children.map((inline) => movedInline(inline, move)) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map((inline) => movedInline(inline, move))) };
    case 'quote':
    case 'hidden':
      return { ...block, children: block.children.map((child) => movedBlock(child, move)) };
    case 'quoted-note':
      return {
        ...block,
        url: move(block.url),
        children: block.children.map((child) => movedBlock(child, move)),
      };
    case 'byline':
      return { ...block, url: move(block.url) };
    case 'buttons':
      return { ...block, rows: block.rows.map((row) => row.map((button) => movedButton(button, move))) };
    case 'select':
    case 'code-block':
    case 'media':
    case 'portrait':
    case 'link-card':
    case 'divider':
      return block;
  }
}

function movedInline(inline: Inline, move: Move): Inline {
  switch (inline.type) {
    case 'mention':
      return { ...inline, url: move(inline.url) };
    case 'link':
      return REFERENCE.test(inline.written) ? { ...inline, url: move(inline.url) } : inline;
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return { ...inline, children: inline.children.map((child) => movedInline(child, move)) };
    case 'text':
    case 'code':
    case 'hashtag':
    case 'emoji':
    case 'command':
    case 'time':
      return inline;
  }
}

function movedButton(button: Button, move: Move): Button {
  return 'url' in button ? { ...button, url: move(button.url, button.needsNostrClient) } : button;
}
