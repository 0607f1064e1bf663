import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** An answer as it went over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, number | string | readonly string[]>>;
  readonly body: Buffer;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts an answer, which may hold tokens and keys, so that only whoever has the secret can read it.
 *
 * @param secret what the sender of the request knows and the database does not
 */
export function sealAnswer({ status, headers, body }: WireAnswer, secret: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(secret), iv, { authTagLength: tagBytes });
  const content = JSON.stringify({ status, headers, body: body.toString('base64') });
  const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** @throws Error when it was sealed with another secret, or changed since */
export function openAnswer(text: string, secret: string): WireAnswer {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(algorithm, keyOf(secret), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const content = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  const { status, headers, body } = JSON.parse(content.toString('utf8')) as {
    // sealAnswer wrote it
    status: number;
    headers: WireAnswer['headers'];
    body: string;
  };
  return { status, headers, body: Buffer.from(body, 'base64') };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'filmgraph idempotent answer', 32));
}
