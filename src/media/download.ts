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
