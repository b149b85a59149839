import { commandLine, type Inline, inlineText } from '../../note/document.ts';
import { timeWords } from '../../note/times.ts';
import { en } from '../../text/en.ts';
import { MAX_URL } from './own-links.ts';
import { join, plain, type Styled, wrap } from './styled.ts';

/** What readers may take for an address: a scheme and what follows, or a name, with what follows it where it has a dot. */
const CANDIDATE = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/\S+|[\p{L}\p{N}.-]+(?::\d+)?(?:[/?#]\S*)?/giu;
/** A scheme, or a dotted name with letters behind the dot. */
const ADDRESS = /^[a-z][a-z0-9+.-]{0,30}:\/\/|^[\p{L}\p{N}.-]*[\p{L}\p{N}-]\.\p{L}{2}/iu;

/** A run of inlines as Telegram shows it. */
export function styledInlines(children: readonly Inline[]): Styled {
  return join(children.map(styledInline));
}

/** `label` as a link; where the label looks like another address, the true one stands beside it. */
export function styledLink(url: string, label: Styled): Styled {
  if (label.text.trim() === '') return styledAddress(url, url);
  if (isDisguise(label.text, url)) return join([label, plain(' ('), styledAddress(url, url), plain(')')]);
  return url.length > MAX_URL ? label : wrap('text_link', label, { url });
}

function styledInline(inline: Inline): Styled {
  switch (inline.type) {
    case 'text':
      return plain(inline.text);
    case 'strong':
      return wrap('bold', styledInlines(inline.children));
    case 'emphasis':
      return wrap('italic', styledInlines(inline.children));
    case 'strike':
      return wrap('strikethrough', styledInlines(inline.children));
    case 'spoiler':
      return wrap('spoiler', styledInlines(inline.children));
    case 'code':
      return wrap('code', plain(inline.text));
    case 'link':
      return inline.label
        ? styledLink(inline.url, styledInlines(inline.label))
        : styledAddress(inline.url, inline.written);
    case 'mention':
      return styledLink(inline.url, plain(`@${inline.name}`));
    case 'hashtag':
      return wrap('hashtag', plain(inline.written));
    case 'command':
      return join([
        wrap('bot_command', plain(`/${inline.name}`)),
        plain(commandLine(inline).slice(inline.name.length + 1)),
      ]);
    case 'emoji':
    case 'time':
      return plain(inline.type === 'time' ? timeText(inline) : inlineText([inline]));
  }
}

/** The address as it was written. */
function styledAddress(url: string, written: string): Styled {
  return wrap('url', plain(written), { url });
}

/** Whether a label promises another address than its own. */
export function isDisguise(label: string, url: string): boolean {
  const target = bare(url);
  return [...label.matchAll(CANDIDATE)].some(([address]) => {
    if (!ADDRESS.test(address)) return false;
    const claimed = bare(address);
    return !(target === claimed || target.startsWith(`${claimed}/`) || target.startsWith(`${claimed}?`));
  });
}

/** An address without what people leave out when they write it. */
function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/(?<![/.,:;!?…])[/.,:;!?…]+$/u, '');
}

/** As it is put for the reader; where nobody is known, in English and UTC. */
export const timeText = (time: Extract<Inline, { readonly type: 'time' }>): string =>
  time.words ?? timeWords(time, en, 'UTC');
