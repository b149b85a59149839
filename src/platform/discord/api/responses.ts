/** A call succeeded with a response other than Discord documents. It may have been carried out. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  constructor(expected: string) {
    super(`The response contains no ${expected}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The response as an object; `expected` names it in the error. Throws `UnexpectedResponse`. */
export function requireFields(response: unknown, expected: string): Fields {
  if (typeof response !== 'object' || response === null || Array.isArray(response))
    throw new UnexpectedResponse(expected);
  return response as Fields;
}

/** The id of the resource in the response. Throws `UnexpectedResponse`. */
export function requireId(response: unknown, expected: string): string {
  const { id } = requireFields(response, expected);
  if (typeof id !== 'string' || id === '') throw new UnexpectedResponse(expected);
  return id;
}

/** The resources in the response, without those that have no id. Throws `UnexpectedResponse`. */
export function requireList(response: unknown, expected: string): readonly { readonly id: string }[] {
  if (!Array.isArray(response)) throw new UnexpectedResponse(expected);
  return response.filter((one: unknown) => typeof (one as { readonly id?: unknown } | null)?.id === 'string');
}
