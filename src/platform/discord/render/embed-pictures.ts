import { type Block, type Document, type Media, small, text } from '../../../note/document.ts';
import { withPictureNumbers } from '../../picture-numbers.ts';

/** Maximum length of an image's address (Message, Embed Structure); the same as for galleries. */
const MAX_IMAGE_URL = 2048;

/** The pictures of a document, and the document without them. Their descriptions stay in the text. */
export interface ExtractedPictures {
  readonly pictures: readonly Media[];
  readonly words: Document;
}

/** Takes the first `room` pictures out of a document and its quotes, but no hidden ones. */
export function extractPictures(document: Document, room: number): ExtractedPictures {
  const pictures: Media[] = [];
  const words = takePictures(document, room, pictures);
  return { words: pictures.length > 0 ? words : document, pictures };
}

/** Puts the pictures' numbers where they were in the text, if there are several. */
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
      case 'quoted-note': {
        const before = pictures.length;
        const children = takePictures(block.children, room, pictures);
        // Caches are keyed by the block object, so it's copied only if it changed.
        return [pictures.length > before ? { ...block, children } : block];
      }
      default:
        return [block];
    }
  });
}

function isShowable({ kind, mime, url }: Media): boolean {
  return kind === 'image' && mime !== 'image/svg+xml' && url.length <= MAX_IMAGE_URL;
}
