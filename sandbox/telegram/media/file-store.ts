import type { MediaKind } from '../world/api-types.ts';

/** A file on the server, uploaded or fetched. */
export interface StoredFile {
  readonly id: string;
  readonly uniqueId: string;
  readonly kind: MediaKind;
  readonly name: string;
  readonly mime: string;
  /** Bytes. */
  readonly size: number;
  /** Pixels; 0 if it isn't visual. */
  readonly width: number;
  readonly height: number;
  readonly durationS: number;
  /** Only uploads have them. */
  readonly bytes?: Buffer;
}

export type NewFile = Omit<StoredFile, 'id' | 'uniqueId'>;

/** The content of an address, or the server's error code if it can't be fetched. */
export type UrlContent =
  | {
      readonly type: string;
      readonly size?: number;
      readonly width?: number;
      readonly height?: number;
      readonly durationS?: number;
    }
  | { readonly error: 'WEBPAGE_CURL_FAILED' | 'WEBPAGE_MEDIA_EMPTY' | 'EXTERNAL_URL_INVALID' };

/** Uploaded and fetched files, by file id and path, and what can be fetched. */
export interface FileStore {
  keep(file: NewFile): StoredFile;
  byId(id: string): StoredFile | undefined;
  /** The bytes of an upload. */
  upload(name: string): Buffer | undefined;
  pathOf(file: StoredFile): string;
  /** The bytes of `/file/bot<token>/<path>`; zeros for fetched files. */
  read(path: string): Buffer | undefined;
  /** Content by address. For others, the file extension decides. */
  readonly urls: Map<string, UrlContent>;
}

/** How file ids begin, and the folder of `file_path`. */
const KINDS: Readonly<Record<MediaKind, { readonly prefix: string; readonly folder: string }>> = {
  photo: { prefix: 'AgACAgIAAxkDAAI', folder: 'photos' },
  video: { prefix: 'BAACAgIAAxkDAAI', folder: 'videos' },
  animation: { prefix: 'CgACAgIAAxkDAAI', folder: 'animations' },
  audio: { prefix: 'CQACAgIAAxkDAAI', folder: 'music' },
  document: { prefix: 'BQACAgIAAxkDAAI', folder: 'documents' },
};

export function createFileStore(): FileStore {
  const files = new Map<string, StoredFile>();
  const paths = new Map<string, StoredFile>();
  const pathOf = (file: StoredFile): string => `${KINDS[file.kind].folder}/${file.uniqueId}`;
  return {
    keep(file) {
      const number = String(files.size + 1).padStart(6, '0');
      const stored = { ...file, id: `${KINDS[file.kind].prefix}${number}`, uniqueId: `AQADu${number}` };
      files.set(stored.id, stored);
      paths.set(pathOf(stored), stored);
      return stored;
    },
    byId: (id) => files.get(id),
    upload: (name) => files.values().find((file) => file.name === name)?.bytes,
    pathOf,
    read(path) {
      const file = paths.get(path);
      return file && (file.bytes ?? Buffer.alloc(file.size));
    },
    urls: new Map(),
  };
}
