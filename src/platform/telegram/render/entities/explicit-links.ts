import { memoize } from '../../../../lib/memoize.ts';
import { endOf, type Mark, type StyledText } from './styled-text.ts';

/** No client opens longer addresses, and all entities share 9 kB. */
export const MAX_URL = 2_048;

/** Addresses that the server detects completely, up to the last character. */
const AUTOLINKABLE = /^https?:\/\/[\x21-\x7e]*[a-z0-9/_=&#-]$/iu;
/** What may precede and follow one without becoming part of it or preventing its detection. */
const BEFORE = /^[\s(]?$/u;
const AFTER = /^[.,:;!?]*(?:\s|$)/u;
/** How far to look for the end of punctuation. */
const MAX_AFTER = 8;

/** Replaces addresses that the server wouldn't detect exactly with links of our own. */
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

/** Whether two spellings are the same address. A truncated address isn't. */
const isSame = memoize(
  (shown: string, url: string): boolean =>
    shown === url || (URL.canParse(shown) && URL.canParse(url) && new URL(shown).href === new URL(url).href),
);
