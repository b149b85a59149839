/** What is done with a text that takes more than one message; `auto`: articles are summed up, notes are split. */
export const LONG_TEXT_MODES = ['auto', 'split', 'cut', 'summary'] as const;
export type LongTextMode = (typeof LONG_TEXT_MODES)[number];

/** How a document is to be shown: in which style, and what to do where it is long. */
export interface StyleSpec<Style extends string> {
  readonly style: Style;
  readonly longText: LongTextMode;
}

/**
 * A variant as it is written: `<style>`, `<style>/<long>` or `/<long>`. What is left out or unknown comes from
 * `standard`, written alike; what that leaves out is the first style, and `auto`.
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
