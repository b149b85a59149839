/** What was left on both sides of a medium, and what a wrapper said of it. */
export interface Sides {
  readonly before: string;
  readonly after: string;
  readonly alt?: string;
}

/** Wrappers, as two patterns: what ends the words before a medium, and what begins those behind it. */
const WRAPPERS: readonly (readonly [RegExp, RegExp])[] = [
  // Markdown: `![alt](address "title")`; without the exclamation mark its label is words.
  [/!\[(?<alt>[^\[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*(?:"[^"\n]{0,300}"|'[^'\n]{0,300}')?[^\S\n]*\)/u],
  [/\[(?<label>[^\[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*\)/u],
  [
    /<(?:img|video|audio|source)\b[^<>\n]{0,300}\bsrc=["']?$/iu,
    /^["']?[^<>\n]{0,300}>(?:<\/(?:video|audio)>)?/iu,
  ],
  [/\[(?:img|video)\]$/iu, /^\[\/(?:img|video)\]/iu],
  ...[
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
    ['<', '>'],
    ['（', '）'],
    ['［', '］'],
    ['【', '】'],
    ['「', '」'],
    ['『', '』'],
    ['《', '》'],
    ['〈', '〉'],
    ['“', '”'],
    ['„', '“'],
    ['„', '”'],
    ['‘', '’'],
    ['‚', '‘'],
    ['«', '»'],
    ['»', '«'],
    ['‹', '›'],
    ...['"', "'", '`', '*', '_', '~~', '||'].map((mark) => [mark, mark] as const),
  ].map(([opens = '', closes = '']) => around(opens, closes)),
];

function around(opens: string, closes: string): readonly [RegExp, RegExp] {
  const blanks = '[^\\S\\n]*';
  return [
    new RegExp(RegExp.escape(opens) + blanks + '$', 'u'),
    new RegExp('^' + blanks + RegExp.escape(closes), 'u'),
  ];
}

/** Longer wrappers nobody writes; looking no further keeps a text of many media cheap. */
const REACH = 1_000;

/** Without the wrappers that stand around a medium and hold nothing else. */
export function unwrapped(sides: Sides): Sides {
  const tail = sides.before.slice(-REACH);
  const head = sides.after.slice(0, REACH);
  for (const [opens, closes] of WRAPPERS) {
    const opening = opens.exec(tail);
    const closing = opening && closes.exec(head);
    if (!opening || !closing) continue;
    const { alt, label = '' } = opening.groups ?? {};
    return unwrapped({
      before: sides.before.slice(0, sides.before.length - opening[0].length) + label,
      after: sides.after.slice(closing[0].length),
      ...(alt || sides.alt ? { alt: alt || (sides.alt ?? '') } : {}),
    });
  }
  return sides;
}
