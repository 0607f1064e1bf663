import type { NextFunction, Response } from 'express';
import { sendRefusal } from './file-errors.js';

/** A file to send, and what to say of it. */
export interface SentFile {
  /** The folder that it must be in. */
  readonly folder: string;
  /** Its path below that. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers a GET or HEAD with a file: whole, a byte range of it (RFC 9110, 14), or that it is as the client has it.
 * Several ranges at once are answered with all of it. A client that leaves is no fault.
 */
export function sendFile(response: Response, { folder, path, headers }: SentFile, next: NextFunction): void {
  response.set(headers);
  response.sendFile(path, { root: folder, cacheControl: false, dotfiles: 'ignore' }, (error?: FileError) => {
    if (!error || response.headersSent) return;
    if (error.status === 416) {
      // Which bytes there are is already said in Content-Range.
      return sendRefusal(response, 416, { error: 'RANGE_NOT_SATISFIABLE', message: 'The file has no such bytes.' });
    }
    if (error.status === 412) {
      return sendRefusal(response, 412, { error: 'PRECONDITION_FAILED', message: 'The file is another one.' });
    }
    next(error.status === 404 ? undefined : error);
  });
}

/** What Express's own file sender reports. */
type FileError = Error & { readonly status?: number };
