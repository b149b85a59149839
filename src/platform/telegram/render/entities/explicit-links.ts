import { memoize } from '../../../../lib/memoize.ts';
import { endOf, type Mark, type StyledText } from './styled-text.ts';

/** Addresses longer than this no client opens; entities have to share 9 kB. */
export const MAX_URL = 2_048;

/** An address that the server finds whole by itself, up to its last character, where nothing is glued to it. */
const AUTOLINKABLE = /^https?:\/\/[\x21-\x7e]*[a-z0-9/_=&#-]$/iu;
/** What may stand at its sides without becoming part of it, or keeping the server from seeing it. */
const BEFORE = /^[\s(]?$/u;
const AFTER = /^[.,:;!?]*(?:\s|$)/u;
/** As far as is looked for the end of punctuation. */
const MAX_AFTER = 8;

/** The same words with links of our own in the place of those addresses that the server would not find exactly. */
export function withExplicitLinks(styled: StyledText): StyledText {
  const marks = styled.marks.flatMap((mark): readonly Mark[] => {
    if (mark.type !== 'url' || isFound(mark, styled.text)) return [mark];
    return mark.url === undefined || mark.url.length > MAX_URL ? [] : [{ ...mark, type: 'address' }];
  });
  return { text: styled.text, marks };
}

function isFound(mark: Mark, text: string): boolean {
  const end = endOf(mark);
  if (!BEFORE.test(text.slice(Math.max(mark.offset - 1, 0), mark.offset))) return false;
  if (!AFTER.test(text.slice(end, end + MAX_AFTER))) return false;
  const shown = text.slice(mark.offset, end);
  return AUTOLINKABLE.test(shown) && isSame(shown, mark.url ?? shown);
}

/** Whether two spellings lead to the same page. A piece of an address that was cut does not. */
const isSame = memoize(
  (shown: string, url: string): boolean =>
    shown === url || (URL.canParse(shown) && URL.canParse(url) && new URL(shown).href === new URL(url).href),
);
