/** How to handle a text that needs more than one message; `auto`: articles are summarized, notes are split. */
export const LONG_TEXT_MODES = ['auto', 'split', 'cut', 'summary'] as const;
export type LongTextMode = (typeof LONG_TEXT_MODES)[number];

/** How to show a document: its style, and how to handle it if it's long. */
export interface StyleSpec<Style extends string> {
  readonly style: Style;
  readonly longText: LongTextMode;
}

/**
 * Parses a variant: `<style>`, `<style>/<long>` or `/<long>`. Missing or unknown parts come from `standard`, which has
 * the same format; its own defaults are the first style and `auto`.
 */
export function parseStyleSpec<Style extends string>(
  written: string,
  standard: string,
  styles: readonly [Style, ...Style[]],
): StyleSpec<Style> {
  const [style, long] = written.split('/');
  const [standardStyle, standardLong] = standard.split('/');
  return {
    style: among(styles, style) ?? among(styles, standardStyle) ?? styles[0],
    longText: among(LONG_TEXT_MODES, long) ?? among(LONG_TEXT_MODES, standardLong) ?? 'auto',
  };
}

function among<T extends string>(known: readonly T[], name: string | undefined): T | undefined {
  return known.find((one) => one === name);
}
