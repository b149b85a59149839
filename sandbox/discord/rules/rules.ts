import { ApiError } from '../http/api-errors.ts';

/** Collects errors into the tree that Discord returns as `errors`. */
export interface Report {
  at(key: string | number): Report;
  fail(code: string, message: string): void;
}

/** Checks a value. Missing values and null pass every rule but `required`. */
export type Rule = (value: unknown, report: Report) => void;

type Tree = { [key: string]: Tree | { code: string; message: string }[] };

/** Throws 50035 "Invalid Form Body" if the check reports errors. */
export function checkForm(check: (report: Report) => void): void {
  const errors: Tree = {};
  const reportAt = (path: readonly string[]): Report => ({
    at: (key) => reportAt([...path, String(key)]),
    fail(code, message) {
      let node = errors;
      for (const key of path) node = (node[key] ??= {}) as Tree;
      ((node['_errors'] ??= []) as { code: string; message: string }[]).push({ code, message });
    },
  });
  check(reportAt([]));
  if (Object.keys(errors).length > 0)
    throw new ApiError(400, { message: 'Invalid Form Body', code: 50035, errors });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const absent = (value: unknown): value is undefined | null => value === undefined || value === null;

export function required(rule: Rule): Rule {
  return (value, report) =>
    absent(value) ? report.fail('BASE_TYPE_REQUIRED', 'This field is required') : rule(value, report);
}

/** As error messages quote it. */
function quoted(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : `"${JSON.stringify(value)}"`;
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function checkLength(length: number, { min = 0, max = Infinity }: Range, report: Report): void {
  if (length >= min && length <= max) return;
  if (min > 0 && max < Infinity)
    report.fail('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  else if (length > max) report.fail('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  else report.fail('BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
}

/** In Unicode code points, like Discord. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

export function string(range: Range = {}, pattern?: RegExp): Rule {
  return (value, report) => {
    if (absent(value)) return;
    if (typeof value !== 'string')
      return report.fail('STRING_TYPE_CONVERT', `Could not interpret ${quoted(value)} as string.`);
    // Discord trims before it counts.
    checkLength(lengthOf(value.trim()), range, report);
    if (pattern && !pattern.test(value))
      report.fail('STRING_TYPE_REGEX', 'String value did not match validation regex.');
  };
}

export function integer({ min = -Infinity, max = Infinity }: Range = {}): Rule {
  return (value, report) => {
    if (absent(value)) return;
    if (!Number.isInteger(value))
      return report.fail('NUMBER_TYPE_COERCE', `Value ${quoted(value)} is not int.`);
    if (Number(value) < min)
      report.fail('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    if (Number(value) > max)
      report.fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  };
}

export const number: Rule = (value, report) => {
  if (!absent(value) && typeof value !== 'number')
    report.fail('NUMBER_TYPE_COERCE', `Value ${quoted(value)} is not float.`);
};

export const boolean: Rule = (value, report) => {
  if (!absent(value) && typeof value !== 'boolean')
    report.fail('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
};

export const snowflake: Rule = (value, report) => {
  if (!absent(value) && !(typeof value === 'string' && /^\d{17,20}$/.test(value)))
    report.fail('NUMBER_TYPE_COERCE', `Value ${quoted(value)} is not snowflake.`);
};

export function oneOf(...choices: readonly (string | number)[]): Rule {
  return (value, report) => {
    if (!absent(value) && !choices.some((choice) => choice === value))
      report.fail('BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  };
}

export function list(rule: Rule, range: Range = {}): Rule {
  return (value, report) => {
    if (absent(value)) return;
    if (!Array.isArray(value))
      return report.fail('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    checkLength(value.length, range, report);
    value.forEach((item, index) => required(rule)(item, report.at(index)));
  };
}

/** Other fields are ignored, as Discord does. */
export function object(fields: Readonly<Record<string, Rule>>, ...more: readonly Rule[]): Rule {
  return (value, report) => {
    if (absent(value)) return;
    if (!isObject(value))
      return report.fail('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    for (const [key, rule] of Object.entries(fields)) rule(value[key], report.at(key));
    for (const rule of more) rule(value, report);
  };
}

export function url(schemes: readonly string[], max = 2048): Rule {
  return (value, report) => {
    if (absent(value)) return;
    string({ max })(value, report);
    if (typeof value !== 'string') return;
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/[^\s]/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || (scheme.startsWith('http') && !isWebAddress(value)))
      report.fail('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!schemes.includes(scheme))
      report.fail(
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${scheme}" is not supported. Scheme must be one of (${schemes.map((name) => `'${name}'`).join(', ')}).`,
      );
  };
}

function isWebAddress(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  const { hostname } = new URL(text);
  return hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[');
}
