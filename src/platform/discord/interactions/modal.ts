import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { encodeCallback } from '../../../command/callback-codec.ts';
import type { PromptForm } from '../../../command/request.ts';
import { truncateText } from '../../../lib/truncate-text.ts';
import { callback } from '../../../note/document.ts';

/** Limits of a modal, its label and its text input, in characters. */
const MAX_TITLE = 45;
const MAX_LABEL = 45;
const MAX_HINT = 100;
const MAX_TEXT = 4_000;

/** The submitted texts of a form, by option. */
export const modalFields = ({ fields }: ModalSubmitInteraction): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...fields.fields.values()].flatMap((field) =>
      field.type === ComponentType.TextInput ? [[field.customId, field.value]] : [],
    ),
  );

export function toModal(form: PromptForm): APIModalInteractionResponseCallbackData {
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
