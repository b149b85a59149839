import type { Clock } from '../clock.ts';
import { refusal } from '../http/api-errors.ts';
import { checkCommands } from '../rules/command.ts';
import type { Payload } from '../world/payloads.ts';
import type { Snowflakes } from '../world/snowflakes.ts';

/** A value of an option, with the name that users see. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface RegisteredOption extends Payload {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly Choice[];
  readonly options?: readonly RegisteredOption[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly channel_types?: readonly number[];
}

/** As Discord stores and returns it. */
export interface RegisteredCommand extends Payload {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly options: readonly RegisteredOption[];
  readonly default_member_permissions: string | null;
  /** Null for guild commands. */
  readonly contexts: readonly number[] | null;
  readonly integration_types: readonly number[];
}

const MAX_BY_TYPE: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const MAX_CREATES_PER_DAY = 200;
const DAY_MS = 24 * 3_600_000;

/** By guild; `undefined` for global commands. */
export interface RegisteredCommands {
  list(guild: string | undefined): readonly RegisteredCommand[];
  /** Replaces the list. Names that existed before keep their ids and don't count against the daily 200. */
  put(guild: string | undefined, body: unknown): readonly RegisteredCommand[];
}

/** Discord omits default and empty fields. */
function withoutEmptyFields(option: RegisteredOption): RegisteredOption {
  const said = Object.entries(option).filter(
    ([, value]) =>
      value !== undefined &&
      value !== null &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  const nested = option.options ? { options: option.options.map(withoutEmptyFields) } : {};
  return { ...(Object.fromEntries(said) as RegisteredOption), ...nested };
}

export function createRegisteredCommands(
  applicationId: string,
  nextId: Snowflakes,
  clock: Clock,
): RegisteredCommands {
  const lists = new Map<string | undefined, readonly RegisteredCommand[]>();
  const creates = new Map<string | undefined, number[]>();
  return {
    list: (guild) => lists.get(guild) ?? [],
    put(guild, body) {
      checkCommands(body);
      const wanted = body as readonly Partial<RegisteredCommand>[];
      for (const [type, max] of Object.entries(MAX_BY_TYPE))
        if (wanted.filter((one) => (one.type ?? 1) === Number(type)).length > max) throw refusal(30032);
      const old = lists.get(guild) ?? [];
      const before = (one: Partial<RegisteredCommand>) =>
        old.find(({ name, type }) => name === one.name && type === (one.type ?? 1));
      const now = clock.now();
      const recent = (creates.get(guild) ?? []).filter((at) => at > now - DAY_MS);
      const made = wanted.filter((one) => !before(one)).map(() => now);
      if (recent.length + made.length > MAX_CREATES_PER_DAY) throw refusal(30034);
      creates.set(guild, [...recent, ...made]);
      const list = wanted.map(
        (one): RegisteredCommand => ({
          id: before(one)?.id ?? nextId(),
          application_id: applicationId,
          version: nextId(),
          type: one.type ?? 1,
          name: one.name ?? '',
          name_localizations: one['name_localizations'] ?? null,
          description: one.description ?? '',
          description_localizations: one['description_localizations'] ?? null,
          options: (one.options ?? []).map(withoutEmptyFields),
          default_member_permissions: one.default_member_permissions ?? null,
          dm_permission: one['dm_permission'] ?? true,
          nsfw: one['nsfw'] ?? false,
          contexts: guild === undefined ? (one.contexts ?? [0, 1, 2]) : null,
          integration_types: one.integration_types ?? [0],
          ...(guild !== undefined && { guild_id: guild }),
        }),
      );
      lists.set(guild, list);
      return list;
    },
  };
}
