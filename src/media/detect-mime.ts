const latin = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end);

/** Signatures in the first bytes; the first match counts. HTML and SVG are deliberately missing. */
const ROWS: readonly { readonly mime: string; readonly is: (bytes: Buffer) => boolean }[] = [
  { mime: 'image/jpeg', is: (bytes) => bytes.readUIntBE(0, 3) === 0xffd8ff },
  { mime: 'image/png', is: (bytes) => latin(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' },
  { mime: 'image/gif', is: (bytes) => /^GIF8[79]a$/.test(latin(bytes, 0, 6)) },
  { mime: 'image/webp', is: (bytes) => isRiff(bytes, 'WEBP') },
  { mime: 'audio/wav', is: (bytes) => isRiff(bytes, 'WAVE') },
  { mime: 'image/avif', is: (bytes) => /avi[fs]/.test(brands(bytes)) },
  { mime: 'image/heic', is: (bytes) => /heic|heix|hevc|mif1|msf1/.test(brands(bytes)) },
  { mime: 'audio/mp4', is: (bytes) => /^M4[AB] /.test(brands(bytes)) },
  { mime: 'video/quicktime', is: (bytes) => brands(bytes).startsWith('qt  ') },
  { mime: 'video/mp4', is: (bytes) => brands(bytes) !== '' },
  { mime: 'video/webm', is: (bytes) => isEbml(bytes) && latin(bytes, 0, 64).includes('webm') },
  { mime: 'video/x-matroska', is: (bytes) => isEbml(bytes) && latin(bytes, 0, 64).includes('matroska') },
  { mime: 'audio/ogg', is: (bytes) => latin(bytes, 0, 4) === 'OggS' },
  { mime: 'audio/flac', is: (bytes) => latin(bytes, 0, 4) === 'fLaC' },
  // The layer bits are zero in ADTS and never in MPEG audio.
  { mime: 'audio/aac', is: (bytes) => (bytes.readUInt16BE(0) & 0xfff6) === 0xfff0 },
  {
    mime: 'audio/mpeg',
    is: (bytes) => latin(bytes, 0, 3) === 'ID3' || (bytes.readUInt16BE(0) & 0xffe6) === 0xffe2,
  },
];

/** Anything shorter can't be recognized. */
const MIN_BYTES = 16;
/** The list of brands is short in all files we accept. */
const MAX_BRANDS = 128;

/** The type of an image, video or audio file, detected from its bytes; `undefined` for everything else. */
export function detectMime(bytes: Buffer): string | undefined {
  return bytes.length < MIN_BYTES ? undefined : ROWS.find(({ is }) => is(bytes))?.mime;
}

const isRiff = (bytes: Buffer, form: string): boolean =>
  latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === form;

const isEbml = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0x1a45dfa3;

/** The brands of an ISO media file, the main one first (ISO/IEC 14496-12). Empty for other files. */
function brands(bytes: Buffer): string {
  if (latin(bytes, 4, 8) !== 'ftyp') return '';
  return latin(bytes, 8, 12) + latin(bytes, 16, Math.min(bytes.readUInt32BE(0), MAX_BRANDS));
}
