import type { Clock } from '../clock.ts';
import { refusal } from '../http/api-errors.ts';
import type { StoredMessage } from '../world/message-store.ts';
import type { Channel, User } from '../world/model.ts';
import type { Snowflakes } from '../world/snowflakes.ts';

/** The first response must come within this, or the interaction is lost (Receiving and Responding). */
export const FIRST_RESPONSE_MS = 3000;
/** The token works for so long afterwards. */
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

/** What whoever used the command or pressed the button gets to see. */
export type InteractionOutcome =
  | {
      readonly status: 'answered';
      /** A message of its own, or a change of the message whose button was pressed. */
      readonly how: 'reply' | 'update';
      /** Live: later edits show in it. */
      readonly message: StoredMessage;
      readonly ephemeral: boolean;
      readonly deferred: boolean;
      /** Live: grows with every follow-up. */
      readonly followups: readonly StoredMessage[];
      readonly interaction: string;
    }
  /** A form to fill in: `Ask.sendIn` sends it in. */
  | { readonly status: 'form'; readonly form: ShownModal; readonly interaction: string }
  /** `reason` is what the client shows in place of an answer. */
  | { readonly status: 'failed'; readonly reason: string; readonly interaction: string };

/** A form as the app shows it. */
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
  /** The message whose button was pressed. */
  readonly source?: StoredMessage;
  /** The type of the option that is being typed. */
  readonly completes?: number;
  /** What the app may do there. */
  readonly appBits: bigint;
  /** Authorised by the user alone: five follow-ups at most. */
  readonly userInstallOnly: boolean;
  /** Replies are shown to the user alone whatever the app says: Use External Apps is missing. */
  readonly forcedEphemeral: boolean;
}

export interface Interaction extends InteractionInput {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  readonly followups: StoredMessage[];
  /** The type of the first response, once there is one. */
  response: number | undefined;
  /** The message that `@original` names. */
  original: StoredMessage | undefined;
  /** Tells the user's promise what there is to see; only the first time counts. */
  show(how: 'reply' | 'update', message: StoredMessage): void;
  showForm(form: ShownModal): void;
  fail(reason: string): void;
}

/** The interactions under way, by id and token. */
export interface Interactions {
  open(asked: InteractionInput): {
    readonly interaction: Interaction;
    readonly seen: Promise<InteractionOutcome>;
  };
  /** For the first response: 10062 where unknown or too late, 40060 where there was one. */
  unanswered(id: string, token: string): Interaction;
  /** For everything after it: 10015 where unknown or unanswered, 50027 where the token has expired. */
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
