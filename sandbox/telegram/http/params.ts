import { badRequest } from './refusal.ts';

export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The parameters of a call. All are strings: numbers, booleans and objects arrive as JSON. */
export interface Params {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, Upload>;
}

export function stringParam(params: Params, name: string): string {
  return params.fields[name] ?? '';
}

/** The integer at the start of the parameter; `fallback` if it is missing, 0 if it isn't a number. */
export function integerParam(params: Params, name: string, fallback = 0): number {
  const value = params.fields[name];
  if (value === undefined || value === '') return fallback;
  return Number(/^\s*-?\d+/.exec(value)?.[0] ?? 0);
}

export function flagParam(params: Params, name: string): boolean {
  return /^(true|yes|1)$/i.test(params.fields[name] ?? '');
}

/** The parameter decoded from JSON; `undefined` if it is missing. `what` names it in the error. */
export function jsonParam(params: Params, name: string, what: string): unknown {
  const value = params.fields[name];
  if (value === undefined || value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw badRequest(`can't parse ${what} JSON object`);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string field of an object; `undefined` if it is missing. */
export function stringField(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw badRequest(`Field "${name}" must be of type String`);
}

export function requiredString(object: JsonObject, name: string): string {
  const value = stringField(object, name);
  if (value === undefined) throw badRequest(`Can't find field "${name}"`);
  return value;
}

export function requiredInteger(object: JsonObject, name: string): number {
  const value = object[name];
  if (value === undefined || value === null) throw badRequest(`Can't find field "${name}"`);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number))
    throw badRequest(`Field "${name}" must be of type Number`);
  return number;
}

export function flagField(object: JsonObject, name: string): boolean {
  const value = object[name];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw badRequest(`Field "${name}" must be of type Boolean`);
}
