export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly words: string;
  readonly number: number;
}

/**
 * Reads the part of YAML 1.2 that our files are written in: mappings, sequences, plain and double-quoted scalars on one line, and
 * literal blocks (`|`). Scalars stay strings. Throws `SyntaxError` for anything else, and for what YAML would read otherwise.
 */
export function parseSimpleYaml(text: string): Yaml {
  const all = text.split('\n').map((line, index): Line => {
    if (/\t/u.test(line)) throw new SyntaxError(`Line ${index + 1}: a tab`);
    return { indent: line.search(/\S|$/u), words: line.trim(), number: index + 1 };
  });
  let at = 0;
  const fail = (line: Line, what: string): never => {
    throw new SyntaxError(`Line ${line.number}: ${what}: ${line.words}`);
  };
  function peek(): Line | undefined {
    while (all[at] && (all[at]?.words === '' || all[at]?.words.startsWith('#'))) at += 1;
    return all[at];
  }

  function scalar(words: string, line: Line): string {
    if (words.startsWith('"')) {
      if (!/^"(?:[^"\\]|\\.)*"$/u.test(words)) fail(line, 'not a quoted scalar');
      return JSON.parse(words) as string;
    }
    // A plain scalar can't begin with an indicator, nor contain what begins a value or a comment.
    if (/^[-?:,[\]{}#&*!|>'%@`]/u.test(words) || /: | #|:$/u.test(words)) fail(line, 'needs quotes');
    return words;
  }

  function block(indent: number): string {
    const lines: string[] = [];
    for (let line = all[at]; line && (line.words === '' || line.indent > indent); line = all[at]) {
      lines.push(line.words);
      at += 1;
    }
    return lines.join('\n').trim();
  }

  /** What stands at exactly that indent. */
  function node(indent: number): Yaml {
    return peek()?.words.startsWith('- ') ? sequence(indent) : mapping(indent);
  }

  function sequence(indent: number): Yaml {
    const items: Yaml[] = [];
    for (let line = peek(); line?.indent === indent && line.words.startsWith('- '); line = peek()) {
      // The item's mapping begins after the dash.
      all[at] = { ...line, indent: indent + 2, words: line.words.slice(2).trim() };
      items.push(mapping(indent + 2));
    }
    return items;
  }

  function mapping(indent: number): Yaml {
    const entries = new Map<string, Yaml>();
    for (let line = peek(); line?.indent === indent; line = peek()) {
      const [whole, key = '', rest = ''] = /^([A-Za-z_][\w-]*):(?: +(.*))?$/u.exec(line.words) ?? [];
      if (whole === undefined) return fail(line, 'not a key');
      if (entries.has(key)) fail(line, 'a second time');
      at += 1;
      if (rest === '|') entries.set(key, block(indent));
      else if (rest !== '') entries.set(key, scalar(rest, line));
      else {
        const child = peek();
        if (!child || child.indent <= indent) return fail(line, 'has no value');
        entries.set(key, node(child.indent));
      }
    }
    return Object.fromEntries(entries);
  }

  const parsed = node(0);
  const left = peek();
  if (left) fail(left, 'wrong indent');
  return parsed;
}
