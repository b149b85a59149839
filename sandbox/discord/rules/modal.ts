import type { Interaction, ModalField, ShownModal } from '../users/interactions.ts';
import {
  boolean,
  checkForm,
  integer,
  isObject,
  list,
  object,
  oneOf,
  type Rule,
  required,
  string,
} from './rules.ts';

const LABEL = 18;
const TEXT_INPUT = 4;
const MAX_TEXT = 4_000;

/** Component Reference, Label. */
const unlabelled: Rule = (value, report) => {
  if (isObject(value) && value['label'] !== undefined && value['label'] !== null)
    report.at('label').fail('COMPONENT_LABEL_NOT_ALLOWED', 'A text input in a label has no label of its own');
};

const textInput = object(
  {
    type: required(oneOf(TEXT_INPUT)),
    custom_id: required(string({ min: 1, max: 100 })),
    style: required(integer({ min: 1, max: 2 })),
    min_length: integer({ min: 0, max: MAX_TEXT }),
    max_length: integer({ min: 1, max: MAX_TEXT }),
    required: boolean,
    value: string({ max: MAX_TEXT }),
    placeholder: string({ max: 100 }),
  },
  unlabelled,
);

/** Of all that a modal may contain, this server supports labels with a text input. */
const modal = object({
  custom_id: required(string({ min: 1, max: 100 })),
  title: required(string({ min: 1, max: 45 })),
  components: required(
    list(
      object({
        type: required(oneOf(LABEL)),
        label: required(string({ min: 1, max: 45 })),
        description: string({ max: 100 }),
        component: required(textInput),
      }),
      { min: 1, max: 5 },
    ),
  ),
});

interface Label {
  readonly label: string;
  readonly component: {
    readonly custom_id: string;
    readonly placeholder?: string;
    readonly min_length?: number;
    readonly max_length?: number;
    readonly required?: boolean;
  };
}

/** Validates the data of a MODAL callback. */
export function readModal(data: unknown, { channel, user }: Interaction): ShownModal {
  checkForm((report) => required(modal)(data, report.at('data')));
  const {
    custom_id: customId,
    title,
    components,
  } = data as {
    readonly custom_id: string;
    readonly title: string;
    readonly components: readonly Label[];
  };
  return { customId, title, fields: components.map(fieldOf), channel, user };
}

const fieldOf = ({ label, component }: Label): ModalField => ({
  customId: component.custom_id,
  label,
  hint: component.placeholder ?? '',
  // Required by default.
  minLength: Math.max(component.min_length ?? 0, component.required === false ? 0 : 1),
  maxLength: component.max_length ?? MAX_TEXT,
});
