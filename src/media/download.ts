/** Types whose second half isn't a file extension. */
const ENDINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'image/jpeg': 'jpg',
    'video/quicktime': 'mov',
    'video/x-matroska': 'mkv',
    'audio/mpeg': 'mp3',
    'audio/mp4': 'm4a',
  }),
);

/** The name of an upload, under which readers save it. The same bytes get the same name. */
export function fileName({ mime, sha256 }: Fetched): string {
  return `${sha256.slice(0, 12)}.${ENDINGS.get(mime) ?? mime.slice(mime.indexOf('/') + 1)}`;
}

/** A downloaded file. Its bytes are shared and must not be changed. */
export interface Fetched {
  readonly status: 'fetched';
  /** The address it came from. */
  readonly url: string;
  readonly bytes: Buffer;
  /** Detected from its bytes. */
  readonly mime: string;
  /** 64 hex digits. */
  readonly sha256: string;
  /** In pixels, for images whose header contains it. */
  readonly width?: number;
  readonly height?: number;
}

export interface Refused {
  readonly status: 'refused';
  /** For logs. */
  readonly reason: string;
}

export type Download = Fetched | Refused;
