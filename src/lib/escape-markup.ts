const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** What XML 1.0 doesn't allow, not even as a reference: most control characters, lone surrogates, two non-characters. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text for HTML, SVG and XML, between tags or in a quoted attribute. */
export const escapeMarkup = (text: string): string =>
  text.replace(NOT_XML, '\uFFFD').replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');
