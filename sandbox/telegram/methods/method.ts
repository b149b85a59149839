import type { Params } from '../http/params.ts';
import type { World } from '../world/world.ts';

/** One call under way. */
interface MethodContext {
  /** Aborts when the client goes away. */
  readonly gone: AbortSignal;
}

/** One method of the Bot API: the `result` of its answer, or a thrown `Refusal`. */
export type Method = (world: World, params: Params, context: MethodContext) => unknown;

export type Methods = Readonly<Record<string, Method>>;
