import { claimOf } from '../../note/claims.ts';
import { commandLine, type Inline, inlineText } from '../../note/document.ts';
import { isUnseen } from '../../note/skeleton.ts';
import { timeWords } from '../../note/times.ts';
import { en } from '../../text/en.ts';
import { remembered } from '../lasting.ts';
import { withTrueAddresses } from '../true-addresses.ts';
import { MAX_URL } from './own-links.ts';
import { join, plain, type Styled, wrap } from './styled.ts';
import { joinedWhole } from './whole.ts';

/** A run of inlines as Telegram shows it. */
export function styledInlines(children: readonly Inline[]): Styled {
  return styledRun(withTrueAddresses(children));
}

const styledRun = joinedWhole<Inline>((inline) => styledInline(inline), '');

/** `label` as a link; where the label looks like another address, the true one stands beside it. */
export function styledLink(url: string, label: Styled): Styled {
  if (isUnseen(label.text)) return styledAddress(url, url);
  if (claimOf(label.text, url) === 'another')
    return join([label, plain(' ('), styledAddress(url, url), plain(')')]);
  return url.length > MAX_URL ? label : wrap('text_link', label, { url });
}

const once = remembered<Styled>();

const styledInline = (inline: Inline): Styled => once(inline, 0, () => styledNew(inline));

function styledNew(inline: Inline): Styled {
  switch (inline.type) {
    case 'text':
      return plain(inline.text);
    case 'strong':
      return wrap('bold', styledRun(inline.children));
    case 'emphasis':
      return wrap('italic', styledRun(inline.children));
    case 'strike':
      return wrap('strikethrough', styledRun(inline.children));
    case 'spoiler':
      return wrap('spoiler', styledRun(inline.children));
    case 'code':
      return wrap('code', plain(inline.text));
    case 'link':
      return inline.label
        ? styledLink(inline.url, styledRun(inline.label))
        : styledAddress(inline.url, inline.written);
    case 'mention':
      return styledLink(inline.url, plain(`@${inline.name}`));
    case 'hashtag':
      // Telegram's links end at a hyphen: half a hashtag would lead to another.
      return wrap('hashtag', plain(inline.written.replaceAll('-', '_')));
    case 'command':
      // A tap on a command would ask it without what stands behind it; a tap on code copies the line.
      return wrap(inline.words === undefined ? 'bot_command' : 'code', plain(commandLine(inline)));
    case 'emoji':
    case 'time':
      return plain(inline.type === 'time' ? timeText(inline) : inlineText([inline]));
  }
}

/** The address as it was written. */
function styledAddress(url: string, written: string): Styled {
  return wrap('url', plain(written), { url });
}

/** As it is put for the reader; where nobody is known, in English and UTC. */
export const timeText = (time: Extract<Inline, { readonly type: 'time' }>): string =>
  time.words ?? timeWords(time, en, 'UTC');
