import type { Payload } from '../world/payloads.ts';

/** The parts of a component that rules across components look at. Checked by `components.ts` before anybody reads one. */
export interface Component extends Payload {
  readonly type: number;
  readonly content?: string;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  /** Of a select, how many are to be chosen: one where nothing is said. */
  readonly min_values?: number;
  readonly max_values?: number;
  /** Of a string select. */
  readonly options?: readonly { readonly value: string }[];
  /** The only types that a channel select offers. */
  readonly channel_types?: readonly number[];
  readonly components?: readonly Component[];
  readonly accessory?: Component;
}

export interface AllowedMentions {
  readonly parse?: readonly ('users' | 'roles' | 'everyone')[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly replied_user?: boolean | null;
}

/** A message as an app writes it, after its form has been checked. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly Payload[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: {
    readonly message_id: string;
    readonly channel_id?: string;
    readonly fail_if_not_exists?: boolean;
  } | null;
  readonly attachments?:
    | readonly {
        readonly id: string | number;
        readonly filename?: string;
        readonly description?: string;
        readonly is_spoiler?: boolean;
      }[]
    | null;
}

/** One file of a multipart request. */
export interface Upload {
  /** The n of `files[n]`. */
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
