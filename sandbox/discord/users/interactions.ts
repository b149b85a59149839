import type { Clock } from '../clock.ts';
import { refusal } from '../http/api-errors.ts';
import type { StoredMessage } from '../world/message-store.ts';
import type { Channel, User } from '../world/model.ts';
import type { Snowflakes } from '../world/snowflakes.ts';

/** For the first response (Receiving and Responding). */
export const FIRST_RESPONSE_MS = 3000;
/** How long the token is valid. */
export const TOKEN_MS = 15 * 60_000;

export const INTERACTION = { command: 2, component: 3, autocomplete: 4, form: 5 } as const;
export const CALLBACK = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  updateMessage: 7,
  suggestions: 8,
  form: 9,
} as const;

/** What the user finally sees. */
export type InteractionOutcome =
  | {
      readonly status: 'answered';
      /** A new message, or an edit of the message with the button. */
      readonly how: 'reply' | 'update';
      /** Changes with later edits. */
      readonly message: StoredMessage;
      readonly ephemeral: boolean;
      readonly deferred: boolean;
      /** Grows with every follow-up. */
      readonly followups: readonly StoredMessage[];
      readonly interaction: string;
    }
  /** A form to fill in: `Ask.sendIn` sends it in. */
  | { readonly status: 'form'; readonly form: ShownModal; readonly interaction: string }
  /** `reason` is what the client shows. */
  | { readonly status: 'failed'; readonly reason: string; readonly interaction: string };

/** A modal as the client shows it. */
export interface ShownModal {
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly ModalField[];
  readonly channel: Channel;
  readonly user: User;
}

export interface ModalField {
  readonly customId: string;
  readonly label: string;
  readonly hint: string;
  readonly minLength: number;
  readonly maxLength: number;
}

export interface InteractionInput {
  readonly type: 2 | 3 | 4 | 5;
  readonly channel: Channel;
  readonly user: User;
  /** The message with the button. */
  readonly source?: StoredMessage;
  /** The type of the option being typed. */
  readonly completes?: number;
  /** The app's permissions. */
  readonly appBits: bigint;
  /** Only the user has installed the app: five follow-ups at most. */
  readonly userInstallOnly: boolean;
  /** The user lacks Use External Apps, so that all responses are ephemeral. */
  readonly forcedEphemeral: boolean;
}

export interface Interaction extends InteractionInput {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  readonly followups: StoredMessage[];
  /** The type of the first response. */
  response: number | undefined;
  /** The message that `@original` names. */
  original: StoredMessage | undefined;
  /** Resolves the user's promise, the first time. */
  show(how: 'reply' | 'update', message: StoredMessage): void;
  showForm(form: ShownModal): void;
  fail(reason: string): void;
}

/** Open interactions, by id and token. */
export interface Interactions {
  open(asked: InteractionInput): {
    readonly interaction: Interaction;
    readonly seen: Promise<InteractionOutcome>;
  };
  /** For the first response. Throws 10062 if unknown or too late, 40060 if there has been one. */
  unanswered(id: string, token: string): Interaction;
  /** For further responses. Throws 10015 if unknown or unanswered, 50027 if the token has expired. */
  answered(token: string): Interaction;
}

export function createInteractions(clock: Clock, nextId: Snowflakes): Interactions {
  const byToken = new Map<string, Interaction>();
  return {
    open(asked) {
      const id = nextId();
      const token = Buffer.from(`interaction:${id}:${'postrider-loopback'.repeat(6)}`).toString('base64url');
      const { promise: seen, resolve } = Promise.withResolvers<InteractionOutcome>();
      const interaction: Interaction = {
        ...asked,
        id,
        token,
        createdAt: clock.now(),
        followups: [],
        response: undefined,
        original: undefined,
        show: (how, message) =>
          resolve({
            status: 'answered',
            how,
            message,
            ephemeral: message.onlyFor !== undefined,
            deferred:
              interaction.response === CALLBACK.deferredMessage ||
              interaction.response === CALLBACK.deferredUpdate,
            followups: interaction.followups,
            interaction: id,
          }),
        showForm: (form) => resolve({ status: 'form', form, interaction: id }),
        fail: (reason) => resolve({ status: 'failed', reason, interaction: id }),
      };
      byToken.set(token, interaction);
      clock.after(FIRST_RESPONSE_MS, () => {
        if (interaction.response === undefined) interaction.fail('The application did not respond');
      });
      clock.after(TOKEN_MS, () => interaction.fail('The application did not respond'));
      return { interaction, seen };
    },
    unanswered(id, token) {
      const found = byToken.get(token);
      if (found?.id !== id) throw refusal(10062);
      if (found.response !== undefined) throw refusal(40060);
      if (clock.now() - found.createdAt > FIRST_RESPONSE_MS) throw refusal(10062);
      return found;
    },
    answered(token) {
      const found = byToken.get(token);
      if (found?.response === undefined) throw refusal(10015);
      if (clock.now() - found.createdAt > TOKEN_MS) throw refusal(50027);
      return found;
    },
  };
}
