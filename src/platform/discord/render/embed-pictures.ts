import { type Block, type Document, type Media, small, text } from '../../../note/document.ts';
import { withPictureNumbers } from '../../picture-numbers.ts';

/** Addresses of embeds' images (Message, Embed Structure) are bounded like those of galleries. */
const MAX_IMAGE_URL = 2048;

/** A document taken apart: pictures to be shown beside the words, and the words, in which their descriptions stay. */
export interface ExtractedPictures {
  readonly pictures: readonly Media[];
  readonly words: Document;
}

/** Takes out the first pictures, as many as there is room for, out of quotes too, but none that are hidden. */
export function extractPictures(document: Document, room: number): ExtractedPictures {
  const pictures: Media[] = [];
  return { words: takePictures(document, room, pictures), pictures };
}

/** The document with the numbers of those pictures where they stand among its words. */
export function numberPictures(document: Document, room: number): Document {
  const { pictures } = extractPictures(document, room);
  return pictures.length < 2 ? document : withPictureNumbers(document, (media) => numberIn(pictures, media));
}

function numberIn(pictures: readonly Media[], media: Media): number | undefined {
  const index = pictures.indexOf(media);
  return index < 0 ? undefined : index + 1;
}

function takePictures(document: Document, room: number, pictures: Media[]): Document {
  return document.flatMap((block): readonly Block[] => {
    switch (block.type) {
      case 'media': {
        const left: Media[] = [];
        const captions: Block[] = [];
        for (const item of block.items) {
          if (pictures.length >= room || !isShowable(item)) {
            left.push(item);
            continue;
          }
          pictures.push(item);
          if (item.alt?.trim()) captions.push(small(text(item.alt.trim())));
        }
        return [...captions, ...(left.length > 0 ? [{ ...block, items: left }] : [])];
      }
      case 'quote':
      case 'quoted-note':
        return [{ ...block, children: takePictures(block.children, room, pictures) }];
      default:
        return [block];
    }
  });
}

function isShowable({ kind, mime, url }: Media): boolean {
  return kind === 'image' && mime !== 'image/svg+xml' && url.length <= MAX_IMAGE_URL;
}
