import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionResponseType,
  type ModalSubmitInteraction,
  type REST,
  Routes,
  TextInputStyle,
} from 'discord.js';
import type { PromptForm } from '../../../command/form.ts';
import type { CommandInput } from '../../../command/invocation.ts';
import { truncateText } from '../../../lib/truncate-text.ts';
import { callback } from '../../../note/document.ts';
import { decodeCallback, encodeCallback } from '../../callback-codec.ts';
import type { InteractionRef } from './responder.ts';

/** Limits of a modal, of a label and of a text input in it. */
const MAX_TITLE = 45;
const MAX_LABEL = 45;
const MAX_HINT = 100;
const MAX_TEXT = 4_000;

/** A form is the only thing that can't be announced: it must come within 3 s, and as the first response. */
export async function openModal(rest: REST, { id, token }: InteractionRef, form: PromptForm): Promise<void> {
  const body = { type: InteractionResponseType.Modal, data: toModal(form) };
  await rest.post(Routes.interactionCallback(id, token), { auth: false, body });
}

/** What was sent in: the command that asked for it, and what it says by option. `undefined` where no form of ours was. */
export function readModalSubmit({
  customId,
  fields,
}: ModalSubmitInteraction): { readonly command: string; readonly input: CommandInput } | undefined {
  const command = decodeCallback(customId)?.command;
  if (command === undefined) return undefined;
  const named = [...fields.fields.values()].flatMap((field) =>
    field.type === ComponentType.TextInput ? [[field.customId, field.value] as const] : [],
  );
  return { command, input: { named: Object.fromEntries(named) } };
}

function toModal(form: PromptForm): APIModalInteractionResponseCallbackData {
  return {
    custom_id: encodeCallback(callback(form.command), 'add'),
    title: truncateText(form.title, MAX_TITLE),
    components: [
      {
        type: ComponentType.Label,
        label: truncateText(form.label, MAX_LABEL),
        component: {
          type: ComponentType.TextInput,
          custom_id: form.option,
          style: TextInputStyle.Paragraph,
          placeholder: truncateText(form.hint, MAX_HINT),
          min_length: 1,
          max_length: Math.min(form.maxLength, MAX_TEXT),
          required: true,
        },
      },
    ],
  };
}
