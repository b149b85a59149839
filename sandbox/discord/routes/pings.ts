import type { AllowedMentions, Component } from '../rules/message-body.ts';
import type { Channel, Role, User } from '../world/model.ts';
import { may } from '../world/permissions.ts';

/** Who is notified by mentions. */
export interface Pings {
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  readonly everyone: boolean;
}

export const NOBODY: Pings = { users: [], roles: [], everyone: false };

interface Said {
  readonly content: string;
  readonly components: readonly Component[];
  readonly allowed: AllowedMentions | undefined;
  readonly repliedTo: User | undefined;
  readonly channel: Channel;
  /** The sender's permissions there. */
  readonly bits: bigint;
  /** What notifies without `allowed_mentions`: everything in a bot's message, only users in an interaction response. */
  readonly byDefault: readonly ('users' | 'roles' | 'everyone')[];
}

/** Of all Text Displays, nested ones included, in order. */
export function displayedTexts(components: readonly Component[]): readonly string[] {
  return components.flatMap((component) => [
    ...(component.type === 10 && typeof component.content === 'string' ? [component.content] : []),
    ...displayedTexts(component.components ?? []),
    ...displayedTexts(component.accessory ? [component.accessory] : []),
  ]);
}

/** Mentions in code don't count. A backslash doesn't prevent one. */
const CODE = /```[\s\S]*?```|``[\s\S]*?``|`[^`\n]*`/g;

/** Applies `allowed_mentions` (Message, Allowed Mentions Object). */
export function pingsOf(said: Said): Pings {
  const { allowed, channel, bits, repliedTo } = said;
  const text = [said.content, ...displayedTexts(said.components)].join('\n').replaceAll(CODE, '');
  const parse = allowed ? (allowed.parse ?? []) : said.byDefault;
  const named = (kind: 'users' | 'roles', id: string) =>
    parse.includes(kind) || (allowed?.[kind] ?? []).includes(id);
  const ids = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, id]) => id ?? ''));
  const people = channel.guild
    ? new Map([...channel.guild.members.values()].map(({ user }) => [user.id, user]))
    : new Map(channel.recipient ? [[channel.recipient.id, channel.recipient]] : []);
  const users = [...ids(/<@!?(\d{17,20})>/g)]
    .filter((id) => named('users', id))
    .flatMap((id) => people.get(id) ?? []);
  const repliedUser = allowed ? allowed.replied_user === true : true;
  if (repliedTo && repliedUser && !users.includes(repliedTo)) users.push(repliedTo);
  const everybody = may(bits, 'MentionEveryone');
  const roles = [...ids(/<@&(\d{17,20})>/g)]
    .filter((id) => named('roles', id))
    .flatMap((id) => channel.guild?.roles.get(id) ?? [])
    .filter(({ mentionable }) => mentionable || everybody);
  return {
    users,
    roles,
    everyone: everybody && parse.includes('everyone') && /@(everyone|here)/.test(text),
  };
}
