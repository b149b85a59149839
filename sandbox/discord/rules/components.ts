import { channelTypes } from '../world/flags.ts';
import {
  boolean,
  integer,
  isObject,
  list,
  object,
  oneOf,
  type Rule,
  required,
  snowflake,
  string,
  url,
} from './rules.ts';

/** Component Reference, Component Types. */
const TYPE = {
  row: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
} as const;

const SELECTS: readonly number[] = [3, 5, 6, 7, 8];
const LINK_BUTTON = 5;
const PREMIUM_BUTTON = 6;

const media = object({ url: required(url(['http', 'https', 'attachment'])) });
const customId = required(string({ min: 1, max: 100 }));
const emoji = object({ id: snowflake, name: string({ max: 100 }) });
const description = string({ min: 1, max: 1024 });

/** A component of one of these types. */
function component(...allowed: readonly number[]): Rule {
  return (value, report) => {
    if (!isObject(value))
      return report.fail('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    const { type } = value;
    if (type === undefined) return report.at('type').fail('BASE_TYPE_REQUIRED', 'This field is required');
    const rule = typeof type === 'number' && allowed.includes(type) ? rules[type] : undefined;
    if (!rule)
      return report
        .at('type')
        .fail('UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')},).`);
    rule(value, report);
    integer({ min: 0, max: 2 ** 31 - 1 })(value['id'], report.at('id'));
  };
}

const button: Rule = object(
  { style: required(integer({ min: 1, max: 6 })), label: string({ max: 80 }), disabled: boolean, emoji },
  (value, report) => {
    if (!isObject(value)) return;
    const { style, label, emoji, url: link, custom_id, sku_id } = value;
    if (style === PREMIUM_BUTTON) return required(snowflake)(sku_id, report.at('sku_id'));
    if (!label && !emoji)
      report.fail('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button must have a label or an emoji');
    const [wanted, rule, other] =
      style === LINK_BUTTON
        ? (['url', url(['http', 'https', 'discord'], 512), custom_id] as const)
        : (['custom_id', string({ min: 1, max: 100 }), link] as const);
    required(rule)(value[wanted], report.at(wanted));
    if (other !== undefined && other !== null)
      report.fail('BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE', 'A custom id and url cannot both be specified');
  },
);

const selectFields = {
  custom_id: customId,
  placeholder: string({ max: 150 }),
  min_values: integer({ min: 0, max: 25 }),
  max_values: integer({ min: 1, max: 25 }),
  disabled: boolean,
};

const option = object({
  label: required(string({ min: 1, max: 100 })),
  value: required(string({ min: 1, max: 100 })),
  description: string({ max: 100 }),
  default: boolean,
  emoji,
});

/** Minimum, maximum and defaults must fit the options (Component Reference, String Select). */
const selectCounts: Rule = (value, report) => {
  if (!isObject(value)) return;
  const { min_values: min, max_values: max, options, default_values: ids } = value;
  const most = typeof max === 'number' ? max : 1;
  const chosen = Array.isArray(options)
    ? options.filter((one) => isObject(one) && one['default'] === true).length
    : Array.isArray(ids)
      ? ids.length
      : 0;
  if ((typeof min === 'number' ? min : 1) > most)
    report.at('min_values').fail('SELECT_COMPONENT_MIN_VALUES_TOO_LARGE', 'Must not exceed max_values');
  if (chosen > most)
    report.fail('SELECT_COMPONENT_TOO_MANY_DEFAULTS', `At most ${most} may be chosen from the beginning`);
  if (Array.isArray(options) && most > options.length)
    report.at('max_values').fail('SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', 'Must not exceed the options');
};

const distinctValues: Rule = (value, report) => {
  const options = isObject(value) && Array.isArray(value['options']) ? value['options'] : [];
  const seen = new Set<unknown>();
  options.forEach((one: unknown, index) => {
    const name = isObject(one) ? one['value'] : undefined;
    if (name !== undefined && seen.has(name))
      report
        .at('options')
        .at(index)
        .fail('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    seen.add(name);
  });
};

/** A select of users, roles or channels; its default values have the same type. */
const autoPopulatedSelect = (types: readonly string[], more: Readonly<Record<string, Rule>> = {}): Rule => {
  const chosen = object({ id: required(snowflake), type: required(oneOf(...types)) });
  return object({ ...selectFields, default_values: list(chosen, { max: 25 }), ...more }, selectCounts);
};
const channelSelect = autoPopulatedSelect(['channel'], {
  channel_types: list(oneOf(...Object.values(channelTypes))),
});

/** Up to five buttons, or one select. */
const row: Rule = object(
  { components: required(list(component(TYPE.button, ...SELECTS), { min: 1, max: 5 })) },
  (value, report) => {
    const inside = isObject(value) && Array.isArray(value['components']) ? value['components'] : [];
    if (!inside.some((one: unknown) => isObject(one) && SELECTS.includes(Number(one['type'])))) return;
    for (const index of [...inside.keys()].slice(1))
      report
        .at('components')
        .at(index)
        .fail('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  },
);

const rules: Readonly<Record<number, Rule>> = {
  [TYPE.row]: row,
  [TYPE.button]: button,
  [TYPE.stringSelect]: object(
    { ...selectFields, options: required(list(option, { min: 1, max: 25 })) },
    (value, report) => {
      distinctValues(value, report);
      selectCounts(value, report);
    },
  ),
  [TYPE.userSelect]: autoPopulatedSelect(['user']),
  [TYPE.roleSelect]: autoPopulatedSelect(['role']),
  [TYPE.mentionableSelect]: autoPopulatedSelect(['user', 'role']),
  [TYPE.channelSelect]: channelSelect,
  [TYPE.section]: object({
    components: required(list(component(TYPE.text), { min: 1, max: 3 })),
    accessory: required(component(TYPE.button, TYPE.thumbnail)),
  }),
  [TYPE.text]: object({ content: required(string({ min: 1, max: 4000 })) }),
  [TYPE.thumbnail]: object({ media: required(media), description, spoiler: boolean }),
  [TYPE.gallery]: object({
    items: required(
      list(object({ media: required(media), description, spoiler: boolean }), { min: 1, max: 10 }),
    ),
  }),
  [TYPE.file]: object({
    file: required(object({ url: required(url(['attachment'])) })),
    spoiler: boolean,
  }),
  [TYPE.separator]: object({ divider: boolean, spacing: oneOf(1, 2) }),
  [TYPE.container]: object({
    components: required(
      list(component(TYPE.row, TYPE.section, TYPE.text, TYPE.gallery, TYPE.file, TYPE.separator), { min: 1 }),
    ),
    accent_color: integer({ min: 0, max: 0xff_ff_ff }),
    spoiler: boolean,
  }),
};

/** Without IS_COMPONENTS_V2: up to five action rows. */
export const legacyComponents: Rule = list(component(TYPE.row), { max: 5 });

/** With IS_COMPONENTS_V2. Their number is limited in `component-totals.ts`. */
export const layoutComponents: Rule = list(
  component(TYPE.row, TYPE.section, TYPE.text, TYPE.gallery, TYPE.file, TYPE.separator, TYPE.container),
);
