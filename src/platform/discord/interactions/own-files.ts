import { ComponentType, type RawFile } from 'discord.js';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import { isOwnPicture, ownPictureName } from '../../../note/media/own-picture.ts';
import type { Message } from '../render/message-forms.ts';

/** Far larger than any chart. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The files that a message refers to by `attachment://` (Uploading Files): pictures that the bot has drawn. */
export async function ownFiles(
  { components }: Message,
  media: MediaFetch | undefined,
): Promise<readonly RawFile[]> {
  const urls = components.flatMap((container) =>
    container.type === ComponentType.Container
      ? container.components.flatMap((part) =>
          part.type === ComponentType.MediaGallery ? part.items.map((item) => item.media.url) : [],
        )
      : [],
  );
  if (!media) return [];
  const files = [...new Set(urls.filter(isOwnPicture))].map(async (url): Promise<readonly RawFile[]> => {
    const signal = media.messageDeadline();
    const file = await media.download({ url, alternatives: [] }, { maxBytes: MAX_BYTES, signal });
    return file.status === 'fetched'
      ? [{ name: ownPictureName(url), data: file.bytes, contentType: file.mime }]
      : [];
  });
  return (await Promise.all(files)).flat();
}
