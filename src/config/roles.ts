import { PLATFORM_NAMES, PLATFORMS, type PlatformName } from '../platform/platforms.ts';
import { formatRole, isDelivering, parseRole, type Role, type RoleName } from '../roles/role-names.ts';

const rolesIn = (written: string): readonly string[] => [
  ...new Set(
    written
      .toLowerCase()
      .split(',')
      .map((role) => role.trim())
      .filter(Boolean),
  ),
];

/** What is wrong with a list of roles, one clause each, without a full stop. */
export function rolesProblems(written: string): readonly string[] {
  const parsed = rolesIn(written).map((role, index) => ({ number: index + 1, role: parseRole(role) }));
  const wrong = parsed.flatMap(({ number, role }) =>
    typeof role === 'string' ? [`entry ${number}: ${role}`] : [],
  );
  const roles = parsed.flatMap(({ role }) => (typeof role === 'string' ? [] : [role]));
  if (wrong.length > 0) return wrong;
  return roles.length > 0 ? overlaps(roles) : ['names no role'];
}

function overlaps(roles: readonly Role[]): readonly string[] {
  return roles.flatMap((role, index) =>
    roles.slice(index + 1).flatMap((other) => {
      if (other.name !== role.name) return [];
      const [one, two] = [formatRole(role), formatRole(other)];
      if (!role.shards || !other.shards) return [`${one} and ${two} are the same servers`];
      if (role.shards.total !== other.shards.total) return [`${one} and ${two} don't have the same total`];
      const isApart = role.shards.last < other.shards.first || other.shards.last < role.shards.first;
      return isApart ? [] : [`${one} and ${two} are partly the same servers`];
    }),
  );
}

export const parseRoles = (written: string): readonly Role[] =>
  rolesIn(written).flatMap((role) => {
    const parsed = parseRole(role);
    return typeof parsed === 'string' ? [] : [parsed];
  });

/** The tokens without which the roles have no work. */
export const tokensFor = (written: string) =>
  PLATFORM_NAMES.filter((platform) => rolesIn(written).some((role) => role.split(':')[0] === platform)).map(
    (platform) => PLATFORMS[platform].tokenVariable,
  );

/** Every role there is work for. */
export const allRoles = (platforms: readonly PlatformName[]): readonly Role[] => [
  { name: 'relay' },
  ...platforms.map((name) => ({ name })),
];

/** The roles that this process would leave to others. */
export const rolesLeftOut = (
  roles: readonly Role[],
  platforms: readonly PlatformName[],
): readonly RoleName[] =>
  allRoles(platforms)
    .filter(({ name }) => !roles.some((role) => role.name === name && isDelivering(role) && !role.shards))
    .map(({ name }) => name);
