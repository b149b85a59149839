/** What one PromQL expression reads. */
export interface PromqlUse {
  readonly selectors: readonly {
    readonly metric: string;
    readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
  }[];
  /** Labels in `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`. */
  readonly grouping: readonly string[];
}

const TOKEN =
  /\s*(?:(?<text>"(?:[^"\\]|\\.)*")|(?<number>(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![a-z_$])|\d+(?:ms|[smhdwy]))|(?<name>[a-z_:][a-z0-9_:]*)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){}[\],<>=@])|(?<interval>\$__rate_interval))/iuy;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign' | 'interval' | 'end';
  readonly word: string;
}

function tokensOf(expr: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; expr.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(expr)?.groups;
    if (!groups) throw new SyntaxError(`Not PromQL at "${expr.slice(at, at + 20)}" in ${expr}`);
    const [kind, word = ''] = Object.entries(groups).find(([, found]) => found !== undefined) ?? ['end'];
    tokens.push({ kind: kind as Token['kind'], word });
  }
  return tokens;
}

const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const BINARY = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** Reads an expression as far as it takes to know its metrics and labels. Throws `SyntaxError` for what it doesn't understand. */
export function usesOf(expr: string): PromqlUse {
  const tokens = tokensOf(expr);
  const selectors: PromqlUse['selectors'][number][] = [];
  const grouping: string[] = [];
  const open: string[] = [];
  let at = 0;
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? { kind: 'end', word: '' };
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const expectWord = (word: string): void => {
    const found = next();
    if (found.word !== word) throw new SyntaxError(`Expected ${word}, found "${found.word}" in ${expr}`);
  };
  function labelList(): void {
    expectWord('(');
    while (peek().word !== ')') {
      const { kind, word } = next();
      if (kind !== 'name') throw new SyntaxError(`Not a label: "${word}" in ${expr}`);
      grouping.push(word);
      if (peek().word === ',') next();
    }
    expectWord(')');
  }
  function matchers() {
    const found: { label: string; op: string; value: string }[] = [];
    if (peek().word !== '{') return found;
    next();
    while (peek().word !== '}') {
      const [label, op, value] = [next(), next(), next()];
      if (label.kind !== 'name' || !/^(?:=|!=|=~|!~)$/u.test(op.word) || value.kind !== 'text')
        throw new SyntaxError(`Not a matcher: ${label.word}${op.word}${value.word} in ${expr}`);
      found.push({ label: label.word, op: op.word, value: JSON.parse(value.word) as string });
      if (peek().word === ',') next();
    }
    next();
    return found;
  }
  while (at < tokens.length) {
    const { kind, word } = next();
    if (kind === 'name' && GROUPING.has(word)) labelList();
    else if (kind === 'name' && !BINARY.has(word) && peek().word !== '(' && !GROUPING.has(peek().word))
      selectors.push({ metric: word, matchers: matchers() });
    else if (kind === 'sign' && '([{'.includes(word)) open.push({ '(': ')', '[': ']', '{': '}' }[word] ?? '');
    else if (kind === 'sign' && ')]}'.includes(word) && open.pop() !== word)
      throw new SyntaxError(`Unbalanced ${word} in ${expr}`);
  }
  if (open.length > 0) throw new SyntaxError(`Missing ${open.join('')} in ${expr}`);
  return { selectors, grouping };
}
