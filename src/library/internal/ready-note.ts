import { localTime } from '../../note/dates/local-time.ts';
import { eventToNote } from '../../note/event-to-note.ts';
import { DEFAULT_WEB_CLIENT } from '../../note/links/web-client-links.ts';
import type { VerifiedEvent } from '../../note/note.ts';
import { keyOf, pointerKey } from '../../note/pointer.ts';
import { createPresenter, type ReadyNote } from '../../note/present/finish.ts';
import {
  findReferences,
  type ResolvedReferences,
  unsupportedNote,
} from '../../note/references/references.ts';
import { authorFromProfile } from '../../relays/author/profile.ts';
import { embeddedEvent } from '../../relays/lookup/embedded-event.ts';
import type { LongText, Lookup, Profile, RenderOptions } from '../options.ts';
import { checkEvent } from './check-event.ts';
import { type Parsed, parsedOf } from './parsed-notes.ts';

const LONG_TEXTS: readonly LongText[] = ['split', 'cut', 'summary'];

/**
 * The document that a renderer turns into messages, and the style spec that says how. Throws `TypeError` for a note that isn't
 * from `parseNote`, and `RangeError` for an option's value that isn't one.
 */
export function readyNote(
  handle: unknown,
  options: RenderOptions & { readonly style?: string },
  styles: readonly [string, ...string[]],
): { readonly ready: ReadyNote; readonly spec: string } {
  const parsed = parsedOf(handle);
  const { byline = true, language = 'en', timeZone = 'UTC', links = DEFAULT_WEB_CLIENT } = options;
  const style = oneOf('style', options.style ?? styles[0], styles);
  const long = oneOf('long', options.long ?? 'split', LONG_TEXTS);
  checkTimeZone(timeZone);
  checkLinks(links);
  const { pubkey } = parsed.note;
  const { unnamed: _, ...anonymous } = authorFromProfile(pubkey);
  const presenter = createPresenter({
    webClient: links,
    mediaServers: () => [],
    author: () => (byline ? authorOf(pubkey, options.profiles) : { ...anonymous, unnamed: true as const }),
  });
  const ready = presenter.finishNote(parsed.note, { language, timeZone }, resolve(parsed, options));
  return { ready, spec: `${style}/${long}` };
}

const look = <Value>(from: Lookup<Value> | undefined, key: string): Value | undefined =>
  typeof from === 'function' ? from(key) : from?.get(key);

/** By way of a profile as it is in an event, so that names are cleaned as everywhere else. */
function authorOf(pubkey: string, profiles: Lookup<Profile> | undefined) {
  const content = JSON.stringify(look(profiles, pubkey) ?? {});
  const profile = { id: '', pubkey, created_at: 0, kind: 0, tags: [], content, sig: '' };
  return authorFromProfile(pubkey, profile as unknown as VerifiedEvent);
}

function resolve({ note, verified }: Parsed, { profiles, events }: RenderOptions): ResolvedReferences {
  const genuine = (candidate: unknown): VerifiedEvent | undefined => {
    const event = candidate === undefined ? undefined : checkEvent(candidate, verified);
    return event === undefined || 'problem' in event ? undefined : event;
  };
  const known = new Map(
    findReferences(note).notes.flatMap((pointer) => {
      const key = pointerKey(pointer);
      const given = genuine(look(events, key));
      const isAsked = given && (given.id === key || keyOf(given) === key);
      const event = isAsked ? given : embeddedEvent(note, pointer, genuine);
      return event ? [[key, eventToNote(event) ?? unsupportedNote(event)] as const] : [];
    }),
  );
  return {
    note: (key) => known.get(key),
    name(pubkey) {
      const { name, unnamed } = authorOf(pubkey, profiles);
      return unnamed ? undefined : name;
    },
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new RangeError(`\`${option}\` has to be one of ${allowed.join(', ')}, not ${value}`);
  return found;
}

function checkTimeZone(name: string): void {
  try {
    localTime(0, name);
  } catch (cause) {
    throw new RangeError(`\`timeZone\` has to be an IANA name such as Europe/Stockholm, not ${name}`, {
      cause,
    });
  }
}

function checkLinks(template: string): void {
  const isTemplate = template.includes('{code}') && URL.canParse(template.replaceAll('{code}', 'note1'));
  if (!isTemplate || !template.startsWith('https://'))
    throw new RangeError(
      `\`links\` has to be an https address with {code} in it, such as ${DEFAULT_WEB_CLIENT}`,
    );
}
