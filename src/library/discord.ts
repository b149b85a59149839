import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { textsFor } from '../i18n/texts.ts';
import { formsOf, render } from '../platform/discord/render/render.ts';
import { readyNote } from './internal/ready-note.ts';
import type { Note } from './note.ts';
import type { RenderOptions } from './options.ts';

/**
 * `embed`: a line of text, which notifications show, and what doesn't fit it in an embed with up to four pictures. `card`: a container (Components V2)
 * with up to ten pictures, videos and spoilers; a message with it can't become one without it. `plain`: text only.
 */
export type DiscordStyle = 'embed' | 'card' | 'plain';

/** Options of `discordMessages`. */
export interface DiscordOptions extends RenderOptions {
  /** Default: `embed`. */
  readonly style?: DiscordStyle;
}

const STYLES = ['embed', 'card', 'plain'] as const;

/**
 * A note as bodies of *Create Message* or of *Execute Webhook*, in the order to send them; at least one. Each is within Discord's
 * limits. Nothing in them notifies anybody (`allowed_mentions`), whatever the note says, and a label that looks like another
 * address shows the true one. Pictures are addresses that Discord fetches. Nothing is sent and nothing is fetched.
 *
 * Cards through a webhook need the query parameter `with_components=true`.
 *
 * @throws {TypeError} if the note isn't from `parseNote`.
 * @throws {RangeError} if an option has a value that isn't listed, a time zone is unknown, or `links` isn't an address with
 *   `{code}`.
 */
export function discordMessages(
  note: Note,
  options: DiscordOptions = {},
): RESTPostAPIChannelMessageJSONBody[] {
  const { ready, spec } = readyNote(note, options, STYLES);
  const bodies = render(ready.blocks, spec, textsFor(ready.language), ready.fallback);
  return bodies.flatMap((body) => {
    const [best = []] = formsOf(body);
    // The same shape; only ours is read-only.
    return best as readonly unknown[] as RESTPostAPIChannelMessageJSONBody[];
  });
}
