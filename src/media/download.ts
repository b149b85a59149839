/** Where the second half of a type is no file ending. */
const ENDINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'image/jpeg': 'jpg',
    'video/quicktime': 'mov',
    'video/x-matroska': 'mkv',
    'audio/mpeg': 'mp3',
    'audio/mp4': 'm4a',
  }),
);

/** What an upload is called: readers save files under that name. The same for the same bytes. */
export function fileName({ mime, sha256 }: Fetched): string {
  return `${sha256.slice(0, 12)}.${ENDINGS.get(mime) ?? mime.slice(mime.indexOf('/') + 1)}`;
}

/** A file that was downloaded. The bytes are shared: nobody changes them. */
export interface Fetched {
  readonly status: 'fetched';
  /** The address that gave it. */
  readonly url: string;
  readonly bytes: Buffer;
  /** By its bytes. */
  readonly mime: string;
  /** 64 hex digits. */
  readonly sha256: string;
  /** Pixels, of pictures whose header says it. */
  readonly width?: number;
  readonly height?: number;
}

export interface Refused {
  readonly status: 'refused';
  /** For logs. */
  readonly reason: string;
}

export type Download = Fetched | Refused;
