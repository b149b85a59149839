import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** Less isn't worth the time, in bytes. */
const MIN_BYTES = 1_000;
/** Good enough for text, at a millisecond for a page. */
const BROTLI_QUALITY = 4;

export interface Encoded {
  readonly body: Buffer;
  readonly encoding?: 'br' | 'gzip';
}

/** The body as the client takes it (RFC 9110, 12.5.3), compressed off the event loop. */
export async function compress(text: string, accepted: string | undefined): Promise<Encoded> {
  const body = Buffer.from(text);
  if (body.length < MIN_BYTES) return { body };
  if (accepts('br', accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    return { body: await brotlied(body, { params }), encoding: 'br' };
  }
  return accepts('gzip', accepted) ? { body: await gzipped(body), encoding: 'gzip' } : { body };
}

/** Named, and not with a weight of 0. */
const accepts = (encoding: string, accepted = ''): boolean =>
  accepted.split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/u.test(parameter));
  });
