import { TooLargeError, UnsupportedMediaError } from '../errors.js';
import type { ImageContentType } from './image.types.js';

/** Bytes of an image at most: 5 MiB (contracts 5, C14). */
export const maxImageBytes = 5 * 1024 * 1024;
/** As many bytes as tell the kinds apart. */
export const signatureBytes = 12;

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * The kind of image that begins with these bytes (at least `signatureBytes`, unless there are no more); undefined for
 * anything else, whatever its name or its sender says.
 */
export function findImageType(head: Buffer): ImageContentType | undefined {
  if (startsWith(head, jpegSignature)) return 'image/jpeg';
  if (startsWith(head, pngSignature)) return 'image/png';
  // RIFF, a length, WEBP
  const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'image/webp' : undefined;
}

function startsWith(head: Buffer, signature: Buffer): boolean {
  return head.subarray(0, signature.length).equals(signature);
}

/**
 * Reads so much of a content that its kind is known, and gives all of it back to be read once.
 *
 * @returns a content that throws TooLargeError as soon as it is longer than an image may be
 * @throws UnsupportedMediaError when it is none of the kinds; then its source is told that no more is wanted
 */
export async function inspectImage(
  content: AsyncIterable<Uint8Array>,
): Promise<{ contentType: ImageContentType; content: AsyncIterable<Uint8Array> }> {
  const source = content[Symbol.asyncIterator]();
  const head = await readHead(source);
  const contentType = findImageType(head);
  if (!contentType) {
    await source.return?.();
    throw new UnsupportedMediaError('a JPEG, PNG or WebP image');
  }
  return { contentType, content: limited(head, source) };
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < signatureBytes) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* limited(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for (let chunk: Uint8Array = head; ; ) {
      bytes += chunk.length;
      if (bytes > maxImageBytes) throw new TooLargeError(maxImageBytes);
      yield chunk;
      const next = await source.next();
      if (next.done) return;
      chunk = next.value;
    }
  } finally {
    await source.return?.();
  }
}
