import type { ConflictReason, Resource } from '../../domain/errors.js';
import { type Answer, type Answers, Refusal, retryLater } from '../shared/answers.js';
import { invalidAnswer, sendAnswer, textAnswer } from '../shared/fastapi.js';
import type { ValidationItem } from '../shared/pydantic.js';

/** Said of every token that is wrong, whatever is wrong with it. */
export const invalidToken = 'Invalid or expired token';

export function unauthorized(text: string): Refusal {
  return new Refusal(unauthorizedAnswer(text));
}

/** A 422 about everything that is wrong with the parameters (MovieLens R5). */
export function invalidParameters(items: readonly ValidationItem[]): Refusal {
  return new Refusal(invalidAnswer(items));
}

/** @param id as the client wrote it, in plain digits; ids of any size are looked for (MovieLens R4) */
export function movieNotFound(id: bigint): Refusal {
  return new Refusal({ status: 404, body: { detail: notFoundTexts.movie, message: `Movie with id ${id} not found` } });
}

const notFoundTexts = {
  movie: 'Movie not found',
  rating: 'Rating not found',
  watchlistItem: 'Watchlist item not found',
  user: 'User not found',
  apiKey: 'API key not found',
  song: 'Song not found',
  playlist: 'Playlist not found',
  playlistEntry: 'Playlist entry not found',
  image: 'Image not found',
} satisfies Record<Resource, string>;

const conflictTexts = {
  alreadyRated: 'Movie already rated by user',
  alreadyInWatchlist: 'Movie already in watchlist',
  usernameTaken: 'Username already taken',
  emailTaken: 'Email already registered',
  playlistNameTaken: 'Playlist name already taken',
  movieNotAvailable: 'Movie not available',
  requestInProgress: 'Request in progress',
  defaultPlaylist: 'Default playlist cannot be deleted',
} satisfies Record<ConflictReason, string>;

/** What goes wrong, in this dialect's words (MovieLens 4, R11, R12). */
export const answers: Answers = {
  domain: {
    NOT_FOUND: ({ resource }) => textAnswer(404, notFoundTexts[resource]),
    FORBIDDEN: () => textAnswer(403, 'Insufficient permissions'),
    UNAUTHENTICATED: () => unauthorizedAnswer(invalidToken),
    CONFLICT: ({ reason }) => textAnswer(409, conflictTexts[reason]),
    INVALID: ({ field, message }) =>
      invalidAnswer([{ type: 'value_error', loc: ['query', field], msg: message, input: null }]),
    WRONG_CREDENTIALS: () => unauthorizedAnswer(invalidToken),
    ACCOUNT_DISABLED: () => textAnswer(403, 'Account disabled'),
    TOO_LARGE: () => textAnswer(413, 'Content Too Large'),
    UNSUPPORTED_MEDIA: () => textAnswer(415, 'Unsupported Media Type'),
    RATE_LIMITED: (error) => retryLater(textAnswer(429, 'Too Many Requests'), error.retryAfterSeconds),
    UNAVAILABLE: (error) => retryLater(textAnswer(503, 'Service Unavailable'), error.retryAfterSeconds),
  },
  // There is nothing at a path that cannot be.
  undecodablePath: textAnswer(404, 'Not Found'),
  fault: textAnswer(500, 'Internal server error'),
  send: sendAnswer,
};

function unauthorizedAnswer(text: string): Answer {
  return { ...textAnswer(401, text), headers: { 'WWW-Authenticate': 'Bearer' } };
}
