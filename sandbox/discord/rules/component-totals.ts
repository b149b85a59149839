import { plainRefusal } from '../http/api-errors.ts';
import { displayedTexts } from '../routes/pings.ts';
import type { Component } from './message-body.ts';
import { isObject, lengthOf, type Report } from './rules.ts';

const MAX_COMPONENTS = 40;
const MAX_CHARACTERS = 4000;
/** Undocumented; beyond it, Discord answers 500 (discord-api-docs issue 8554). */
const MAX_BYTES = 10_170;
const BYTES_PER_DISPLAY = 12;

interface Placed {
  readonly component: Component;
  readonly report: Report;
}

function flatten(components: readonly Component[], report: Report): readonly Placed[] {
  return components.flatMap((component, index) => {
    if (!isObject(component)) return [];
    const at = report.at(index);
    const { components: inside, accessory } = component;
    return [
      { component, report: at },
      ...(Array.isArray(inside) ? flatten(inside, at.at('components')) : []),
      ...(isObject(accessory) ? [{ component: accessory, report: at.at('accessory') }] : []),
    ];
  });
}

/** Limits for all components of a message together, nested ones included. */
export function checkTotals(components: unknown, layout: boolean, report: Report): void {
  if (!Array.isArray(components)) return;
  const all = flatten(components as Component[], report);
  const seen = new Set<string>();
  for (const { component, report: at } of all) {
    const { custom_id } = component;
    if (custom_id !== undefined && seen.has(custom_id))
      at.at('custom_id').fail('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    if (custom_id !== undefined) seen.add(custom_id);
  }
  if (!layout) return;
  if (all.length > MAX_COMPONENTS)
    report.fail(
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The maximum number of total components (${MAX_COMPONENTS}) was exceeded`,
    );
  const characters = displayedTexts(components as Component[]).reduce((sum, text) => sum + lengthOf(text), 0);
  if (characters > MAX_CHARACTERS)
    report.fail(
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${MAX_CHARACTERS}`,
    );
}

/** Throws 500 above the undocumented byte limit. */
export function checkBytes(components: readonly Component[]): void {
  const texts = displayedTexts(components);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + BYTES_PER_DISPLAY, 0);
  if (bytes > MAX_BYTES) throw plainRefusal(500, 'Internal Server Error');
}

/** Names of the uploads that the value refers to. */
export function referencedFiles(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencedFiles(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['url', 'icon_url'].includes(key) && typeof inner === 'string' && inner.startsWith('attachment://')
      ? [inner.slice('attachment://'.length)]
      : referencedFiles(inner),
  );
}
