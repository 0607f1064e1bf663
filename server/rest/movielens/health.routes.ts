import type { RequestHandler } from 'express';
import { sendJson } from '../shared/json.js';

/** `GET /api/health` (MovieLens R3, R14): the process is alive; whether it can serve, `/ready` says. */
export const getHealth: RequestHandler = (_request, response) => {
  sendJson(response, { status: 'ok', timestamp: presentInstant(new Date()) });
};

/** UTC in Python's spelling: six decimals, of which JavaScript knows three, and no zone. */
function presentInstant(instant: Date): string {
  return instant.toISOString().replace('Z', '000');
}
