import type { Callback } from '../note/document.ts';

/** A number at the end only tells equal presses apart (`platform/press`). */
const FORM = /^([a-z0-9_]{1,32})(?:~([0-9a-f]+)|\?(.*?))?(?:&\d+)?$/su;

/** A press as one text: `latest?count=5&page=2`, or `search~1f…` where the options are kept. */
export function formatCallback(press: Callback): string {
  if ('kept' in press) return `${press.command}~${press.kept}`;
  const options = formatOptions(press.options);
  return options === '' ? press.command : `${press.command}?${options}`;
}

/** The press in such a text; `undefined` where there is none. */
export function parseCallback(written: string): Callback | undefined {
  const [, command, kept, options = ''] = FORM.exec(written) ?? [];
  if (command === undefined) return undefined;
  return kept === undefined ? { command, options: parseOptions(options) } : { command, kept };
}

/** Options as one text. Only what would end a value is encoded: a button holds few bytes. */
export function formatOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${value.replace(/[%&]/gu, encodeURIComponent)}`)
    .join('&');
}

/** The options in such a text; what is no pair means nothing. */
export function parseOptions(written: string): Readonly<Record<string, string>> {
  const pairs = written.split('&').flatMap((pair): [string, string][] => {
    const [, name, value = ''] = /^([a-z]+)=(.*)$/su.exec(pair) ?? [];
    return name === undefined ? [] : [[name, value.replace(/%2[56]/gu, decodeURIComponent)]];
  });
  return Object.fromEntries(pairs);
}
