import type { Texts } from '../i18n/texts.ts';
import type { ReadableArchive } from '../store/archive.ts';

/** One option of a command, in terms that every platform's menu has. */
export type Option = {
  readonly required?: true;
  /** Not in the platforms' menus: only buttons use it. */
  readonly hidden?: true;
  /** A typed line sets it only as `name:value`: bare words belong to other options. */
  readonly namedOnly?: true;
  /** Shown only by platforms that have a form for options; in a typed line, the rest of the line says the same. */
  readonly formOnly?: true;
} & (
  | {
      /** Consumes the rest of a typed line, so declare it last. */
      readonly type: 'string';
      readonly maxLength: number;
      /** Line breaks are kept. */
      readonly multiline?: true;
      /** Completes the value as it is typed, on platforms that can. Called at every keystroke. */
      readonly autocomplete?: Autocompleter;
      /** If a required value is missing, the user is asked for it (`command/form`). */
      readonly prompts?: true;
    }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
);

/** Values that the user may be typing, best first. At most 25 of at most 100 characters each are shown. */
export type Autocompleter = (
  typed: string,
  context: {
    readonly archive: ReadableArchive;
    now(): number;
    readonly texts: Texts;
    readonly timeZone: string;
  },
) => Promise<readonly string[]>;

export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { readonly type: 'integer' }
  ? number
  : O extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] }
    ? C
    : string;

/** The arguments that `run` receives: those the command declared, validated, and no others. */
export type ArgsOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { readonly required: true }
    ? ValueOf<O[K]>
    : ValueOf<O[K]> | undefined;
};
