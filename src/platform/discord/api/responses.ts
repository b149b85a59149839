/** A call succeeded, but its response isn't what Discord documents. The request may have been carried out. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  constructor(expected: string) {
    super(`The response contains no ${expected}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The response as an object; `expected` names it in the error. Throws `UnexpectedResponse` if it isn't one. */
export function requireFields(response: unknown, expected: string): Fields {
  if (typeof response !== 'object' || response === null || Array.isArray(response))
    throw new UnexpectedResponse(expected);
  return response as Fields;
}

/** The id of the resource in the response. Throws `UnexpectedResponse` if there is none. */
export function requireId(response: unknown, expected: string): string {
  const { id } = requireFields(response, expected);
  if (typeof id !== 'string' || id === '') throw new UnexpectedResponse(expected);
  return id;
}

/** The resources in the response that have an id. Throws `UnexpectedResponse` if the response isn't an array. */
export function requireList(response: unknown, expected: string): readonly { readonly id: string }[] {
  if (!Array.isArray(response)) throw new UnexpectedResponse(expected);
  return response.filter((one: unknown) => typeof (one as { readonly id?: unknown } | null)?.id === 'string');
}
