import type { ShardRange } from '../platform/discord/gateway/shard-range.ts';
import { isPlatformName, PLATFORM_NAMES, type PlatformName } from '../platform/platforms.ts';

/** What a process does for all others: follow the relays, or serve a platform. */
export type RoleName = 'relay' | PlatformName;

const ROLE_NAMES: readonly RoleName[] = ['relay', ...PLATFORM_NAMES];

/** A role as the operator gives it to a process. */
export interface Role {
  readonly name: RoleName;
  /** Only those; absent: all. */
  readonly shards?: ShardRange;
}

/** Discord's largest bots have a few thousand shards. */
const MAX_SHARDS = 16_384;
const EXPECTED = `one of ${ROLE_NAMES.join(', ')}, or a range of Discord's shards such as discord:0-15/64`;

/** A role by its name, or what is wrong with that, without a full stop. */
export function parseRole(written: string): Role | string {
  const [, name = '', range] = /^([a-z]+)(?::(.*))?$/u.exec(written.toLowerCase()) ?? [];
  if (name !== 'relay' && !isPlatformName(name)) return `expected ${EXPECTED}`;
  if (range === undefined) return { name };
  if (name !== 'discord') return `only discord has shards; leave out the part after "${name}"`;
  const [, first, last, total] = /^(\d{1,5})-(\d{1,5})\/(\d{1,5})$/u.exec(range)?.map(Number) ?? [];
  if (first === undefined || last === undefined || total === undefined)
    return 'shards are written as first-last/total, such as discord:0-15/64';
  if (total < 1 || total > MAX_SHARDS) return `there can be 1 to ${MAX_SHARDS} shards`;
  if (first > last) return `the first shard, ${first}, comes after the last, ${last}`;
  if (last >= total) return `shards are counted from 0, so the last of ${total} is ${total - 1}`;
  return { name, shards: { first, last, total } };
}

/** As `parseRole` takes it; also the name of its lease. */
export const formatRole = ({ name, shards }: Role): string =>
  shards ? `${name}:${shards.first}-${shards.last}/${shards.total}` : name;

/** Whether it brings the posts to its platform: of several with shards, only one does. */
export const isDelivering = ({ shards }: Role): boolean => (shards?.first ?? 0) === 0;
