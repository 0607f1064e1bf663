import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';

/** More than any form that we know has, and little enough to be held. */
const limits = {
  fields: 20,
  fieldNameSize: 100,
  fieldSize: 16 * 1024,
  files: 2,
  parts: 22,
  headerPairs: 20,
  headerSize: 8192,
};
/** After a refusal so much more is read and dropped, because many clients read no answer before they have sent all. */
const maxDrainedBytes = 64 * 1024 * 1024;

/** Why a form could not be read. Each edge words it in its own form. */
export type MultipartFault = 'notMultipart' | 'malformed' | 'tooLarge' | 'unexpectedFile';

/** A form that cannot be read: no `multipart/form-data`, broken off, over a limit, or with a file nobody asked for. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';

  constructor(
    readonly fault: MultipartFault,
    options?: ErrorOptions,
  ) {
    super(`The form cannot be read: ${fault}.`, options);
  }
}

/** A file of a form, while it arrives. */
export interface FormFile {
  /** Read once; it throws when the request breaks off. */
  readonly content: AsyncIterable<Uint8Array>;
  readonly fileName: string;
}

/** What to do with the one file that a form may have; `T` is what it became. */
export interface FileReceiver<T> {
  /** The field that the file comes in. */
  readonly field: string;
  receive(file: FormFile): Promise<T>;
  /** Undoes `receive` when the form turns out to be broken after its file. Never fails. */
  discard(received: T): Promise<void>;
}

/** A form that arrived whole. */
export interface MultipartForm<T> {
  /** Its texts by name, the last one of each name. */
  readonly fields: ReadonlyMap<string, string>;
  /** What the file became; undefined when there was none, or one without a name, as browsers send for an empty choice. */
  readonly file: T | undefined;
}

/**
 * Reads a `multipart/form-data` body (RFC 7578): texts are collected, the file is handed on while it arrives, wherever
 * it stands in the form. When it fails, nothing that was received is left, and the rest of the body is dropped, so that
 * an answer can be sent.
 *
 * @throws MultipartError; whatever `receive` throws
 */
export async function readMultipart<T>(request: IncomingMessage, receiver: FileReceiver<T>): Promise<MultipartForm<T>> {
  const form = new FormReading(openParser(request), receiver);
  try {
    await form.read(request);
    return { fields: form.fields, file: await form.received };
  } catch (error) {
    await form.abandon(error);
    throw error;
  }
}

function openParser(request: IncomingMessage): BusboyInstance {
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data *;/i.test(contentType)) throw new MultipartError('notMultipart');
  try {
    return Busboy({ headers: { ...request.headers, 'content-type': contentType }, limits });
  } catch (error) {
    throw new MultipartError('malformed', { cause: error });
  }
}

interface FilePart {
  readonly field: string;
  readonly stream: Readable;
  readonly fileName: string | undefined;
}

class FormReading<T> {
  readonly fields = new Map<string, string>();
  received: Promise<T> | undefined;
  readonly #parser: BusboyInstance;
  readonly #receiver: FileReceiver<T>;
  #file: Readable | undefined;

  constructor(parser: BusboyInstance, receiver: FileReceiver<T>) {
    this.#parser = parser;
    this.#receiver = receiver;
  }

  /** Resolves when the whole form was parsed; the file may still be on its way to where it is kept. */
  async read(request: IncomingMessage): Promise<void> {
    const parser = this.#parser;
    try {
      await new Promise<void>((resolve, reject) => {
        const refuse = (fault: MultipartFault) => (cause?: unknown) => reject(new MultipartError(fault, { cause }));
        for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
          parser.once(limit, refuse('tooLarge'));
        parser.on('field', (name, value, nameTruncated, valueTruncated) => {
          if (nameTruncated || valueTruncated) return refuse('tooLarge')();
          this.fields.set(name, value);
        });
        parser.on('file', (field, stream, fileName) => {
          // Said at once: the form may end with this very chunk, and a promise would be too late.
          if (!this.#takeFile({ field, stream, fileName }, reject)) refuse('unexpectedFile')();
        });
        parser.once('error', refuse('malformed'));
        parser.once('finish', resolve);
        // Also emitted when all is well, and then before the parser is done with what it was given.
        request.once('close', () => request.complete || refuse('malformed')());
        request.pipe(parser);
      });
    } catch (error) {
      request.unpipe(parser);
      drain(request);
      throw error;
    }
  }

  /** Stops what is still on its way, and undoes what arrived. */
  async abandon(reason: unknown): Promise<void> {
    this.#file?.destroy(reason instanceof Error ? reason : undefined);
    const [received] = await Promise.allSettled([this.received]);
    if (received.status === 'fulfilled' && received.value !== undefined) await this.#receiver.discard(received.value);
  }

  /** @returns false for a file that nobody asked for */
  #takeFile(part: FilePart, onFault: (error: unknown) => void): boolean {
    const { field, stream, fileName } = part;
    // An error is heard by whoever reads the stream; when nobody does (any more), it must not end the process.
    stream.on('error', () => undefined);
    const wanted = field === this.#receiver.field && !this.received;
    if (!fileName || !wanted) {
      stream.resume();
      return !fileName;
    }
    this.#file = stream;
    this.received = this.#receiver.receive({ content: readPart(stream), fileName });
    this.received.catch(onFault);
    return true;
  }
}

/** The bytes of a part; one that breaks off is the form's fault, whatever the parser calls it. */
async function* readPart(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array; // the parser's parts are bytes
  } catch (error) {
    throw error instanceof MultipartError ? error : new MultipartError('malformed', { cause: error });
  }
}

/** Reads and drops what is left of a refused body, within reason, so that its sender comes to read the answer. */
export function drain(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > maxDrainedBytes) request.destroy();
  });
  request.on('error', () => undefined);
  request.resume();
}
