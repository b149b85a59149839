/** Markup that is safe to be part of a page. The tag `markup` makes it, and escapes all else. */
export interface Markup {
  readonly text: string;
  readonly __escaped: unique symbol;
}

/** What can stand in a template: text, which is escaped; markup; a list of both; and nothing. */
export type Piece = string | number | Markup | readonly Piece[] | undefined | false;

/**
 * Characters that neither XML 1.0 nor HTML allow, not even escaped: controls and non-characters. And those that turn the
 * direction of all that follows; isolates, which end where they are told to, may stay.
 */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Text without anything that a document can't contain: a lone half of a surrogate pair becomes U+FFFD. */
export const printable = (words: string): string => words.toWellFormed().replace(FORBIDDEN, '');

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text for HTML, SVG and XML, between tags or in a quoted attribute. */
export const escapeMarkup = (words: string): string =>
  printable(words).replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');

/** Markup that was made elsewhere, such as a chart. */
export const trusted = (text: string): Markup => ({ text }) as Markup;

const textOf = (piece: Piece): string => {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escapeMarkup(piece);
  if (typeof piece === 'number') return String(piece);
  return 'text' in piece ? piece.text : piece.map(textOf).join('');
};

/**
 * HTML or XML with pieces in it. Attributes must be written in double quotes; then no piece can end one, open a tag, or
 * contain what XML forbids. Everything made by it is well-formed as XML as long as the templates are.
 */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let made = template[0] ?? '';
  pieces.forEach((piece, index) => {
    made += textOf(piece) + (template[index + 1] ?? '');
  });
  return trusted(made);
}

/** Attributes by name; those without a value are left out, `true` stands for the bare name. */
export const attributes = (
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): Markup => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== false);
  const written = given.map(
    ([name, value]) => ` ${name}="${value === true ? '' : escapeMarkup(String(value))}"`,
  );
  return trusted(written.join(''));
};
