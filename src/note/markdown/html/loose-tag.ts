import type { Code, Construct, Effects, Extension, State } from 'micromark-util-types';

const SLASH = 47;
const LESS = 60;
const GREATER = 62;
/** All codes of line endings are below it. */
const TAB = -2;

const isLetter = (code: Code): boolean =>
  code !== null && ((code >= 65 && code <= 90) || (code >= 97 && code <= 122));
const isQuote = (code: Code): boolean => code === 34 || code === 39;

/**
 * A tag on one line that browsers accept but CommonMark doesn't: an unquoted URL as a value, or attributes without a
 * space between them. `tokenizeHtml` decides what it is.
 */
const looseTag: Construct = {
  name: 'looseTag',
  // Let CommonMark's own construct try first.
  add: 'after',
  tokenize(effects, ok, nok) {
    return begin;

    function begin(code: Code): State | undefined {
      effects.enter('htmlText');
      effects.enter('htmlTextData');
      effects.consume(code);
      return afterLess;
    }
    function afterLess(code: Code): State | undefined {
      if (code !== SLASH) return name(code);
      effects.consume(code);
      return name;
    }
    function name(code: Code): State | undefined {
      if (!isLetter(code)) return nok(code);
      effects.consume(code);
      return inside;
    }
    function inside(code: Code): State | undefined {
      if (endsNothing(code)) return nok(code);
      effects.consume(code);
      if (code === GREATER) return close(effects, ok);
      return isQuote(code) ? quoted(code) : inside;
    }
    function quoted(quote: Code): State {
      return function value(code: Code): State | undefined {
        if (endsNothing(code)) return nok(code);
        effects.consume(code);
        return code === quote ? inside : value;
      };
    }
  },
};

const endsNothing = (code: Code): boolean => code === null || code < TAB || code === LESS;

function close(effects: Effects, ok: State): State {
  effects.exit('htmlTextData');
  effects.exit('htmlText');
  return ok;
}

export const looseTags: Extension = { text: { [LESS]: looseTag } };
