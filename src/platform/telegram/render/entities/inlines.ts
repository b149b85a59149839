import { en } from '../../../../i18n/en/catalogue.ts';
import { formatTime } from '../../../../note/dates/format-times.ts';
import { commandLine, type Inline, inlineText } from '../../../../note/document.ts';
import { labelClaim } from '../../../../note/links/label-claims.ts';
import { isInvisible } from '../../../../note/links/skeleton.ts';
import { withVisibleTargets } from '../../../link-targets.ts';
import { createNodeCache } from '../../../node-cache.ts';
import { MAX_URL } from './explicit-links.ts';
import { joinedWhole } from './joined-runs.ts';
import { join, plain, type StyledText, wrap } from './styled-text.ts';

/** Inlines as styled text. */
export function styledInlines(children: readonly Inline[]): StyledText {
  return styledRun(withVisibleTargets(children));
}

const styledRun = joinedWhole<Inline>((inline) => styledInline(inline), '');

/** `label` as a link. If it looks like another address, the true one is added. */
export function styledLink(url: string, label: StyledText): StyledText {
  if (isInvisible(label.text)) return styledAddress(url, url);
  if (labelClaim(label.text, url) === 'another')
    return join([label, plain(' ('), styledAddress(url, url), plain(')')]);
  return url.length > MAX_URL ? label : wrap('text_link', label, { url });
}

const once = createNodeCache<StyledText>();

const styledInline = (inline: Inline): StyledText => once(inline, 0, () => styledNew(inline));

function styledNew(inline: Inline): StyledText {
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
      // Telegram ends a hashtag at a hyphen, so it would link to another one.
      return wrap('hashtag', plain(inline.written.replaceAll('-', '_')));
    case 'command':
      // A tap on a command would send it without its options; a tap on code copies the line.
      return wrap(inline.words === undefined ? 'bot_command' : 'code', plain(commandLine(inline)));
    case 'emoji':
    case 'time':
      return plain(inline.type === 'time' ? timeText(inline) : inlineText([inline]));
  }
}

/** The address as it was written. */
function styledAddress(url: string, written: string): StyledText {
  return wrap('url', plain(written), { url });
}

/** In the reader's language and time zone if known, else in English and UTC. */
export const timeText = (time: Extract<Inline, { readonly type: 'time' }>): string =>
  time.words ?? formatTime(time, en, 'UTC');
