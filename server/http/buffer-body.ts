import type { IncomingMessage } from 'node:http';
import { TooLargeError } from '../domain/errors.js';

/**
 * Reads a request's whole body and leaves it there to be read again by whoever parses it.
 *
 * @throws TooLargeError for a longer one, of which the rest is not read
 */
export function bufferBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      request.off('readable', onReadable);
      request.off('error', onError);
      request.off('close', onClose);
      finish();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('The client went away before its request was whole.')));
    const onReadable = () => {
      // Exactly what is there: asking for more of a stream that is at its end would end it, and nothing could be put back.
      while (request.readableLength > 0) {
        const chunk: Buffer = request.read(request.readableLength); // no encoding is set
        chunks.push(chunk);
        size += chunk.length;
      }
      if (size > maxBytes) return settle(() => reject(new TooLargeError(maxBytes)));
      if (!request.complete) return;
      const body = Buffer.concat(chunks);
      settle(() => {
        if (body.length > 0) request.unshift(body);
        resolve(body);
      });
    };
    if (request.complete && request.readableLength === 0) return resolve(Buffer.alloc(0));
    request.on('readable', onReadable).on('error', onError).on('close', onClose);
  });
}
