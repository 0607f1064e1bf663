import type { ServerResponse } from 'node:http';
import type { WireAnswer } from './sealed-answer.js';

/**
 * Shows a response to `keep` when it is complete, before its end is sent: whoever has seen its end can count on it being
 * kept. Also when the client is gone by then.
 */
export function captureAnswer(response: ServerResponse, keep: (answer: WireAnswer) => Promise<void>): void {
  const chunks: Buffer[] = [];
  const end = response.end.bind(response) as (...parameters: unknown[]) => ServerResponse; // `end` has one type for each way to call it
  const add = (chunk: unknown, encoding: unknown) => {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    else if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')); // what `end` was told the text is
  };
  const write = response.write.bind(response) as (...parameters: unknown[]) => boolean; // likewise
  response.write = (...parameters: unknown[]) => {
    add(parameters[0], parameters[1]);
    return write(...parameters);
  };
  response.end = (...parameters: unknown[]) => {
    add(parameters[0], parameters[1]);
    const { statusCode: status } = response;
    const headers = Object.fromEntries(
      Object.entries(response.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    void keep({ status, headers, body: Buffer.concat(chunks) }).then(() => end(...parameters));
    return response;
  };
}
