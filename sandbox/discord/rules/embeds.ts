import {
  boolean,
  integer,
  isObject,
  lengthOf,
  list,
  object,
  type Rule,
  required,
  string,
  url,
} from './rules.ts';

const LINK = url(['http', 'https']);
const IMAGE = object({ url: required(url(['http', 'https', 'attachment'])) });

/** Message, Embed Limits. */
const embed: Rule = object(
  {
    title: string({ max: 256 }),
    description: string({ max: 4096 }),
    url: LINK,
    color: integer({ min: 0, max: 0xff_ff_ff }),
    timestamp: (value, report) => {
      if (typeof value === 'string' && Number.isNaN(Date.parse(value)))
        report.fail('DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`);
    },
    footer: object({
      text: required(string({ min: 1, max: 2048 })),
      icon_url: url(['http', 'https', 'attachment']),
    }),
    image: IMAGE,
    thumbnail: IMAGE,
    author: object({
      name: required(string({ min: 1, max: 256 })),
      url: LINK,
      icon_url: url(['http', 'https', 'attachment']),
    }),
    fields: list(
      object({
        name: required(string({ min: 1, max: 256 })),
        value: required(string({ min: 1, max: 1024 })),
        inline: boolean,
      }),
      { max: 25 },
    ),
  },
  (value, report) => {
    const shown = [
      'title',
      'description',
      'footer',
      'image',
      'thumbnail',
      'author',
      'fields',
      'timestamp',
      'url',
    ];
    if (isObject(value) && !shown.some((key) => value[key]))
      report.at('description').fail('BASE_TYPE_REQUIRED', 'This field is required');
  },
);

/** Characters that count towards the limit of all embeds: titles, descriptions, fields, footers, author names. */
function charactersOf(value: unknown): number {
  if (!isObject(value)) return 0;
  const { title, description, footer, author, fields } = value;
  const texts = [
    title,
    description,
    isObject(footer) && footer['text'],
    isObject(author) && author['name'],
    ...(Array.isArray(fields) ? fields : []).flatMap((field: unknown) =>
      isObject(field) ? [field['name'], field['value']] : [],
    ),
  ];
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? lengthOf(text) : 0), 0);
}

const MAX_CHARACTERS = 6000;

export const embedsRule: Rule = (value, report) => {
  list(embed, { max: 10 })(value, report);
  const total = Array.isArray(value) ? value.reduce((sum: number, one) => sum + charactersOf(one), 0) : 0;
  if (total > MAX_CHARACTERS)
    report.fail('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_CHARACTERS}`);
};
