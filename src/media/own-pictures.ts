import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Log } from '../lib/log.ts';
import { ownPictureUrl } from '../note/media/own-picture.ts';

/** A picture takes some 50 kB. */
const MAX_PICTURES = 64;

/** Pictures that we draw. Documents refer to them by address, like other media; `media-fetch` finds their bytes. */
export interface OwnPictures {
  /** The address of a picture; `undefined` if it can't be drawn. Never rejects. The last 64 are kept. */
  draw(svg: string): Promise<string | undefined>;
  find(url: string): Buffer | undefined;
}

export function createOwnPictures(toPng: (svg: string) => Promise<Buffer>, log: Log): OwnPictures {
  const pictures = new LRUCache<string, Buffer>({ max: MAX_PICTURES });
  return {
    async draw(svg) {
      const name = createHash('sha256').update(svg).digest('hex').slice(0, 16);
      const url = ownPictureUrl(`${name}.png`);
      if (pictures.has(url)) return url;
      try {
        pictures.set(url, await toPng(svg));
        return url;
      } catch (error) {
        log.warn('picture.failed', { error });
        return undefined;
      }
    },
    find: (url) => pictures.get(url),
  };
}
