import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** In bytes. Smaller bodies aren't worth compressing. */
const MIN_BYTES = 1_000;
/** Good enough for text, and takes about a millisecond per page. */
const BROTLI_QUALITY = 4;

export interface Encoded {
  readonly body: Buffer;
  readonly encoding?: 'br' | 'gzip';
}

/** The body in an encoding that the client accepts (RFC 9110, 12.5.3), compressed off the event loop. */
export async function compress(text: string, accepted: string | undefined): Promise<Encoded> {
  const body = Buffer.from(text);
  if (body.length < MIN_BYTES) return { body };
  if (accepts('br', accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    return { body: await brotlied(body, { params }), encoding: 'br' };
  }
  return accepts('gzip', accepted) ? { body: await gzipped(body), encoding: 'gzip' } : { body };
}

/** Whether the encoding is listed, with a weight above 0. */
const accepts = (encoding: string, accepted = ''): boolean =>
  accepted.split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/u.test(parameter));
  });
