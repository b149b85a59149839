import { byteOffset, MarkupError } from './markup.ts';

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const NAMED: ReadonlyMap<string, string> = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"' }));

/** Only numeric references and four named ones are known; anything else is left as it is. */
export function decodeReferences(source: string): string {
  return source.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/gi,
    (written: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? written;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code < 0x10ffff ? String.fromCodePoint(code) : written;
    },
  );
}

/** The attributes of the start tag at `begin`, and where it ends. Throws `MarkupError`. */
export function readAttributes(
  source: string,
  begin: number,
  name: string,
): { readonly attributes: Readonly<Record<string, string>>; readonly end: number } {
  const where = byteOffset(source, begin);
  const attributes = new Map<string, string>();
  let at = begin + 1 + name.length;
  for (;;) {
    at = skipSpace(source, at);
    if (source[at] === '>') return { attributes: Object.fromEntries(attributes), end: at + 1 };
    const key = /^[^\s=>]*/.exec(source.slice(at))?.[0] ?? '';
    if (key === '') {
      throw new MarkupError(
        at >= source.length
          ? `Unclosed start tag at byte offset ${where}`
          : `Empty attribute name in the tag "${name}" at byte offset ${where}`,
      );
    }
    at = skipSpace(source, at + key.length);
    if (source[at] !== '=') {
      if (name !== 'blockquote' || key !== 'expandable') {
        throw new MarkupError(
          `Expected equal sign in declaration of an attribute of the tag "${name}" at byte offset ${where}`,
        );
      }
      attributes.set(key, '');
      continue;
    }
    at = skipSpace(source, at + 1);
    if (at >= source.length) throw new MarkupError(`Unclosed start tag "${name}" at byte offset ${where}`);
    const value = readValue(source, at);
    if (value.end >= source.length) throw new MarkupError(`Unclosed start tag at byte offset ${where}`);
    attributes.set(key, value.text);
    at = value.end;
  }
}

function readValue(source: string, at: number): { readonly text: string; readonly end: number } {
  const quote = source[at];
  if (quote === '"' || quote === "'") {
    const close = source.indexOf(quote, at + 1);
    const end = close < 0 ? source.length : close;
    return { text: decodeReferences(source.slice(at + 1, end)), end: Math.min(end + 1, source.length) };
  }
  const token = /^[a-z0-9.-]*/i.exec(source.slice(at))?.[0] ?? '';
  if (!/^[\s>]/.test(source.slice(at + token.length))) {
    throw new MarkupError(`Unexpected end of name token at byte offset ${byteOffset(source, at)}`);
  }
  return { text: token.toLowerCase(), end: at + token.length };
}

function skipSpace(source: string, from: number): number {
  return from + (/^\s*/.exec(source.slice(from))?.[0].length ?? 0);
}
