import type { Component } from '../rules/message-body.ts';
import { channelTypes } from '../world/flags.ts';
import { type Payload, rolePayload } from '../world/payloads.ts';
import { may, permissionsIn } from '../world/permissions.ts';
import { channelWithPermissions, type FillContext, NotOffered } from './fill-options.ts';

const STRING_SELECT = 3;
const ROLE_SELECT = 6;
const CHANNEL_SELECT = 8;

/** The data of a select interaction. Throws `NotOffered` for values that the client would not offer. */
export function selectData(component: Component, values: readonly string[], around: FillContext): Payload {
  const { min_values: min = 1, max_values: max = 1, options } = component;
  if (new Set(values).size !== values.length || values.length < min || values.length > max)
    throw new NotOffered(`Here ${min} to ${max} are to be chosen, each once`);
  if (component.type !== STRING_SELECT) return { values, resolved: resolved(component, values, around) };
  const other = values.find((value) => !options?.some((one) => one.value === value));
  if (other !== undefined) throw new NotOffered(`No option has the value "${other}"`);
  return { values };
}

function resolved(component: Component, values: readonly string[], around: FillContext): Payload {
  if (component.type === ROLE_SELECT) return { roles: byId(values, (id) => roleOf(id, around)) };
  if (component.type === CHANNEL_SELECT)
    return { channels: byId(values, (id) => channelOf(id, component, around)) };
  return {};
}

const byId = (values: readonly string[], payload: (id: string) => Payload): Payload =>
  Object.fromEntries(values.map((id) => [id, payload(id)]));

/** The client offers @everyone, too (its id is the server's). */
function roleOf(id: string, { guild }: FillContext): Payload {
  const role = guild?.roles.get(id);
  if (!role) throw new NotOffered(`No role to choose has the id ${id}`);
  return rolePayload(role);
}

function channelOf(id: string, { channel_types: types }: Component, around: FillContext): Payload {
  const { guild, user, now } = around;
  const channel = guild?.channels.get(id);
  if (!channel || !may(permissionsIn(channel, user, now), 'ViewChannel'))
    throw new NotOffered(`No channel to choose has the id ${id}`);
  if (types && !types.includes(channelTypes[channel.kind]))
    throw new NotOffered(`#${channel.name} is of a type that is not offered`);
  return channelWithPermissions(channel, around);
}
