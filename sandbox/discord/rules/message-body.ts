import type { Payload } from '../world/payloads.ts';

/** The fields that other modules read, after `components.ts` has checked them. */
export interface Component extends Payload {
  readonly type: number;
  readonly content?: string;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  /** Of a select. Default: 1. */
  readonly min_values?: number;
  readonly max_values?: number;
  /** Of a string select. */
  readonly options?: readonly { readonly value: string }[];
  /** Of a channel select. */
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

/** A message from an app, after validation. */
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

/** A file of a multipart request. */
export interface Upload {
  /** The n of `files[n]`. */
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
