import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { isComponentsMessage, type Message } from './message-forms.ts';

/** All text displays of a message. Discord allows 4,000 characters, but counts some differently. */
const MAX_CARD_UNITS = 3_800;
/**
 * UTF-8 bytes of all text displays, plus some for each. Not documented: above about 10,170, Discord answers 500
 * (discord-api-docs issue 8554). Chinese text reaches this limit first.
 */
const MAX_CARD_BYTES = 9_800;
const BYTES_PER_DISPLAY = 12;
/** Nested ones included. Discord allows 40 (Component Reference); one is reserved for a role mention. */
const MAX_COMPONENTS = 39;
/** Discord allows 2,000 characters. */
const MAX_CONTENT_UNITS = 1_900;
const MAX_ROWS = 5;
/** Discord allows 4,096 characters in a description, and 6,000 in all embeds together. */
const MAX_DESCRIPTION_UNITS = 3_900;
const MAX_EMBED_UNITS = 5_800;
const MAX_EMBEDS = 10;

/** Discord accepts a message of this size. */
export function fits(message: Message): boolean {
  if (!isComponentsMessage(message)) return fitsText(message);
  const components = flattenComponents(message.components);
  const displays = components.flatMap((component) =>
    component.type === ComponentType.TextDisplay ? [component.content] : [],
  );
  const units = displays.reduce((sum, content) => sum + content.length, 0);
  const bytes = displays.reduce((sum, content) => sum + Buffer.byteLength(content) + BYTES_PER_DISPLAY, 0);
  return components.length <= MAX_COMPONENTS && units <= MAX_CARD_UNITS && bytes <= MAX_CARD_BYTES;
}

function fitsText({ content = '', embeds = [], components }: Message): boolean {
  const units = embeds.map(
    ({ title = '', description = '', author }) =>
      [title.length, description.length, author?.name.length ?? 0] as const,
  );
  return (
    content.length <= MAX_CONTENT_UNITS &&
    components.length <= MAX_ROWS &&
    embeds.length <= MAX_EMBEDS &&
    units.every(([, description]) => description <= MAX_DESCRIPTION_UNITS) &&
    units.flat().reduce((sum, one) => sum + one, 0) <= MAX_EMBED_UNITS
  );
}

type Component =
  | APIMessageTopLevelComponent
  | { readonly type: ComponentType.Button | ComponentType.Thumbnail };

function flattenComponents(components: readonly Component[]): readonly Component[] {
  return components.flatMap((component) => [
    component,
    ...('accessory' in component ? [component.accessory] : []),
    ...('components' in component ? flattenComponents(component.components as readonly Component[]) : []),
  ]);
}
