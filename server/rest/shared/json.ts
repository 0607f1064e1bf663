import type { Response } from 'express';

/** Sends JSON as `application/json` and nothing more; Express would add a charset, which JSON does not have. */
export function sendJson(response: Response, body: unknown): void {
  sendJsonText(response, JSON.stringify(body));
}

/** Sends what is JSON already, the same way. */
export function sendJsonText(response: Response, text: string): void {
  response.setHeader('Content-Type', 'application/json');
  response.send(Buffer.from(text));
}
