import * as z from 'zod';
import type { TokenVariable } from '../platform/platforms.ts';

/** How a variable is documented. */
export interface VariableDocs {
  readonly group:
    | 'Author'
    | 'Discord'
    | 'Telegram'
    | 'Posts'
    | 'Storage'
    | 'Status server'
    | 'Public site'
    | 'Logging';
  /** What it is, in a clause or two, without a full stop. */
  readonly summary: string;
  /** Anything else worth knowing, in sentences. */
  readonly details?: string;
  /** The default, if it can't be written as a value. */
  readonly defaultDescription?: string;
  readonly example: string;
  /** Its value is never shown. */
  readonly secret?: true;
  /** The program doesn't start without it; says what to set. */
  readonly required?: string;
  /** Has no effect without that other variable. */
  readonly needs?: TokenVariable;
  /** The same, where that depends on the value. */
  readonly needsFor?: (value: string) => readonly TokenVariable[];
  /** One of the few that most people set; those are listed in the README. */
  readonly inReadme?: true;
}

/** The documentation of each variable, by its schema. */
export const docs = z.registry<VariableDocs>();
