/** Everything that was uploaded or fetched, by file id and by path. */
export interface FileStore {
  /** The bytes behind `/file/bot<token>/<path>`. */
  read(path: string): Buffer | undefined;
}

export function createFileStore(): FileStore {
  return { read: () => undefined };
}
