export interface ImageSize {
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** The image types that Telegram accepts, by their first bytes. */
const READERS: readonly {
  readonly begins: string;
  readonly read: (bytes: Buffer) => ImageSize | undefined;
}[] = [
  {
    begins: '89504e470d0a1a0a',
    read: (bytes) => ({ type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
  },
  {
    begins: '474946',
    read: (bytes) => ({ type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
  },
  { begins: 'ffd8', read: readJpeg },
  { begins: '52494646', read: readWebp },
];

/** Type and size of an image in pixels; `undefined` if it isn't an image. */
export function imageSize(bytes: Buffer): ImageSize | undefined {
  const reader = READERS.find(({ begins }) => bytes.toString('hex', 0, begins.length / 2) === begins);
  try {
    return reader?.read(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The size is in the first start-of-frame segment (ITU-T T.81, B.2.2). */
function readJpeg(bytes: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The three forms of WebP keep their size in different places (RFC 9649, section 2). */
function readWebp(bytes: Buffer): ImageSize | undefined {
  const type = 'image/webp';
  switch (bytes.toString('latin1', 8, 16)) {
    case 'WEBPVP8X':
      return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'WEBPVP8 ':
      return { type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'WEBPVP8L': {
      const bits = bytes.readUInt32LE(21);
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default:
      return undefined;
  }
}
