import type { InputFile } from 'grammy';
import type { Opts } from 'grammy/types';
import type { EntityText } from './entities/size-limits.ts';
import type { MediaItem } from './outgoing.ts';

const spoilerOf = ({ spoiler }: MediaItem) => spoiler && { has_spoiler: true };
const sizeOf = ({ width, height }: MediaItem) => ({ ...(width && { width }), ...(height && { height }) });
const durationOf = ({ durationS }: MediaItem) => ({ ...(durationS && { duration: durationS }) });

/** The API fields of an item besides its file, the same for a message of its own and an album. */
export const mediaFields = {
  photo: (item: MediaItem) => ({ ...spoilerOf(item) }),
  video: (item: MediaItem, cover: string | undefined) => ({
    ...(cover && { cover }),
    ...sizeOf(item),
    ...durationOf(item),
    supports_streaming: true,
    ...spoilerOf(item),
  }),
  animation: (item: MediaItem) => ({ ...spoilerOf(item), ...sizeOf(item), ...durationOf(item) }),
  audio: (item: MediaItem) => ({ ...durationOf(item) }),
};

/** A text as the caption of a medium; no fields if it is empty. */
export const captionFields = ({ text, entities }: EntityText) => ({
  ...(text !== '' && { caption: text, caption_entities: [...entities] }),
});

/** An item as a parameter of albums and edits. `file`: its address, its id at Telegram, or an upload. */
export function toInputMedia(
  item: MediaItem,
  { file, cover }: { readonly file: string | InputFile; readonly cover?: string },
  words?: EntityText,
): EditedMedia {
  const caption = words && captionFields(words);
  switch (item.type) {
    case 'photo':
      return { type: 'photo', media: file, ...mediaFields.photo(item), ...caption };
    case 'video':
      return { type: 'video', media: file, ...mediaFields.video(item, cover), ...caption };
    case 'animation':
      return { type: 'animation', media: file, ...mediaFields.animation(item), ...caption };
    case 'audio':
      return { type: 'audio', media: file, ...mediaFields.audio(item), ...caption };
  }
}

type EditedMedia = Opts<'editMessageMedia'>['media'];
