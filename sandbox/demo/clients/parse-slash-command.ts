/** A registered option, as far as typing it is concerned. */
export interface TypedOption {
  readonly name: string;
  /** 4 is an integer, other types are taken as text (Application Commands, Option Type). */
  readonly type: number;
  readonly required?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

const INTEGER = 4;

/** A required option is missing: the app doesn't send the command. */
export class MissingOption extends RangeError {
  override readonly name = 'MissingOption';
  readonly option: string;

  constructor(option: string) {
    super(`Cannot do without "${option}"`);
    this.option = option;
  }
}

/** No option of the command accepts that word. */
export class NoSuchOption extends RangeError {
  override readonly name = 'NoSuchOption';
  readonly word: string;

  constructor(word: string) {
    super(`Nothing takes "${word}"`);
    this.word = word;
  }
}

/**
 * Parses the options of a typed command, as if they had been chosen in Discord's client: first `name:value`, then each
 * word for the first option that accepts it; a text option takes the rest of the line.
 */
export function slashOptions(
  registered: readonly TypedOption[],
  line: string,
): Readonly<Record<string, string | number>> {
  const values: Record<string, string | number> = {};
  const rest: string[] = [];
  for (const word of line.split(/\s+/u).filter(Boolean)) {
    const [name = '', value] = word.split(/:(.*)/su);
    const option = registered.find((one) => one.name === name);
    if (option && value) values[name] = valueOf(option, value);
    else rest.push(word);
  }
  while (rest.length > 0) {
    const [word = ''] = rest;
    const open = registered.filter(({ name }) => values[name] === undefined);
    const option = open.find((one) => fits(one, word)) ?? open.find(isText);
    if (!option) throw new NoSuchOption(word);
    values[option.name] = isText(option) ? rest.splice(0).join(' ') : valueOf(option, rest.shift() ?? '');
  }
  const missing = registered.find(({ name, required }) => required && values[name] === undefined);
  if (missing) throw new MissingOption(missing.name);
  return values;
}

const isText = ({ type, choices }: TypedOption): boolean => type !== INTEGER && !choices;

function fits({ type, choices, required }: TypedOption, word: string): boolean {
  if (type === INTEGER) return /^\d+$/u.test(word);
  return choices ? choices.some(({ value }) => value === word.toLowerCase()) : required === true;
}

function valueOf({ type, choices }: TypedOption, word: string): string | number {
  if (type === INTEGER && /^-?\d+$/u.test(word)) return Number(word);
  return choices ? word.toLowerCase() : word;
}
