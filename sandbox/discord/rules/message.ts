import { refusal } from '../http/api-errors.ts';
import { messageFlags } from '../world/flags.ts';
import { checkBytes, checkTotals, referencedFiles } from './component-totals.ts';
import { layoutComponents, legacyComponents } from './components.ts';
import { embedsRule } from './embeds.ts';
import type { MessageBody, Upload } from './message-body.ts';
import {
  boolean,
  checkForm,
  integer,
  isObject,
  list,
  object,
  oneOf,
  type Report,
  type Rule,
  required,
  snowflake,
  string,
} from './rules.ts';

const MAX_FILES = 10;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** An integer, or up to 25 characters (Message, Create Message). */
const nonce: Rule = (value, report) => {
  if (!Number.isInteger(value)) string({ max: 25 })(value, report);
};

const allowedMentions: Rule = object(
  {
    parse: list(oneOf('roles', 'users', 'everyone')),
    users: list(snowflake, { max: 100 }),
    roles: list(snowflake, { max: 100 }),
    replied_user: boolean,
  },
  (value, report) => {
    for (const kind of ['users', 'roles']) {
      const named = isObject(value) ? value[kind] : undefined;
      const parse = isObject(value) && Array.isArray(value['parse']) ? value['parse'] : [];
      if (parse.includes(kind) && Array.isArray(named) && named.length > 0)
        report.fail(
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
    }
  },
);

const attachments: Rule = list(
  object({
    id: required((value, report) => {
      if (typeof value !== 'number') snowflakeOrIndex(value, report);
    }),
    filename: string({ max: 1024 }),
    description: string({ max: 1024 }),
    is_spoiler: boolean,
  }),
  { max: MAX_FILES },
);

function snowflakeOrIndex(value: unknown, report: Report): void {
  if (typeof value !== 'string' || !/^\d+$/.test(value)) snowflake(value, report);
}

const shape: Rule = object({
  content: string({ max: 2000 }),
  embeds: embedsRule,
  flags: integer({ min: 0 }),
  tts: boolean,
  allowed_mentions: allowedMentions,
  nonce,
  enforce_nonce: boolean,
  message_reference: object({
    message_id: required(snowflake),
    channel_id: snowflake,
    guild_id: snowflake,
    fail_if_not_exists: boolean,
  }),
  attachments,
});

/** Not allowed together with Components V2. */
const LEGACY_FIELDS = ['content', 'embeds', 'poll', 'sticker_ids'] as const;

export interface Before {
  readonly content: string;
  readonly embeds: readonly unknown[];
  readonly flags: number;
  readonly attachments: readonly { readonly id: string; readonly filename: string }[];
}

function holdsSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function checkLayoutFields(body: Record<string, unknown>, before: Before | undefined, report: Report): void {
  for (const field of LEGACY_FIELDS) {
    const old = field === 'content' || field === 'embeds' ? before?.[field] : undefined;
    if (holdsSomething(body[field] === undefined ? old : body[field]))
      report
        .at(field)
        .fail(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
  }
}

function checkFiles(body: Record<string, unknown>, uploads: readonly Upload[], before: Before | undefined) {
  if (uploads.length > MAX_FILES) throw refusal(30015);
  if (uploads.some(({ bytes }) => bytes.length > MAX_FILE_BYTES)) throw refusal(40005);
  const listed = Array.isArray(body['attachments']) ? body['attachments'].filter(isObject) : undefined;
  const kept = (before?.attachments ?? []).filter(
    ({ id }) => listed === undefined || listed.some((one) => String(one['id']) === id),
  );
  const known = new Set([...uploads.map(({ index }) => String(index)), ...kept.map(({ id }) => id)]);
  const renamed = (listed ?? []).flatMap(({ filename }) => (typeof filename === 'string' ? [filename] : []));
  const names = new Set([
    ...[...uploads, ...kept].map((file) => fileName(file)),
    ...renamed.map((name) => fileName({ name })),
  ]);
  return (report: Report) => {
    listed?.forEach(({ id }, index) => {
      if (!known.has(String(id)))
        report.at('attachments').at(index).at('id').fail('ATTACHMENT_NOT_FOUND', 'Attachment data not found');
    });
    for (const part of ['embeds', 'components'])
      for (const name of referencedFiles(body[part]))
        if (!names.has(name))
          report
            .at(part)
            .fail(
              'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
              `The referenced attachment ${name} was not found`,
            );
  };
}

/** Discord replaces everything but word characters, dots and dashes by underscores. */
export function fileName(file: { readonly name: string } | { readonly filename: string }): string {
  return ('name' in file ? file.name : file.filename).replaceAll(/[^\w.-]+/g, '_');
}

/**
 * Validates a message. `before` is the message that is edited: IS_COMPONENTS_V2 can be added to it, but never removed. Throws
 * `ApiError` as Discord would answer.
 */
export function readMessage(raw: unknown, uploads: readonly Upload[], before?: Before): MessageBody {
  const body = isObject(raw) ? raw : {};
  const flags = Number(body['flags'] ?? 0) | (before?.flags ?? 0);
  const layout = (flags & messageFlags.componentsV2) !== 0;
  const checkReferences = checkFiles(body, uploads, before);
  checkForm((report) => {
    shape(raw, report);
    (layout ? layoutComponents : legacyComponents)(body['components'], report.at('components'));
    checkTotals(body['components'], layout, report.at('components'));
    if (layout) checkLayoutFields(body, before, report);
    checkReferences(report);
  });
  const message = body as unknown as MessageBody;
  if (layout) checkBytes(message.components ?? []);
  return message;
}
