/** A call succeeded, and what came with it is not what Discord documents: it may have been carried out. */
export class UnexpectedResponse extends Error {
  override readonly name = 'Unreadable';
  constructor(wanted: string) {
    super(`The answer holds no ${wanted}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws `Unreadable` where the answer has no fields; `wanted` says what it should be. */
export function requireFields(answer: unknown, wanted: string): Fields {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw new UnexpectedResponse(wanted);
  return answer as Fields;
}

/** The id of a resource that was made or asked for. Throws `Unreadable`. */
export function requireId(answer: unknown, wanted: string): string {
  const { id } = requireFields(answer, wanted);
  if (typeof id !== 'string' || id === '') throw new UnexpectedResponse(wanted);
  return id;
}

/** A list of resources with ids; what has none is left out. Throws `Unreadable`. */
export function requireList(answer: unknown, wanted: string): readonly { readonly id: string }[] {
  if (!Array.isArray(answer)) throw new UnexpectedResponse(wanted);
  return answer.filter((one: unknown) => typeof (one as { readonly id?: unknown } | null)?.id === 'string');
}
