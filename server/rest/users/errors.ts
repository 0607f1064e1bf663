import type { ConflictReason, Resource } from '../../domain/errors.js';
import { type Answer, type Answers, Refusal, retryLater } from '../shared/answers.js';
import { invalidAnswer, sendAnswer, textAnswer } from '../shared/fastapi.js';
import type { Validated } from '../shared/pydantic.js';

/** What invalid input is answered with: here, unlike FastAPI's own 422, as the README says (Users U1). */
export const invalidStatus = 400;

/** The value of a validation. @throws Refusal (400) with everything that is wrong */
export function valueOf<T>(validated: Validated<T>): T {
  if ('items' in validated) throw new Refusal(invalidAnswer(validated.items, invalidStatus));
  return validated.value;
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
  alreadyRated: 'Movie already rated',
  alreadyInWatchlist: 'Movie already in watchlist',
  usernameTaken: 'Username already exists',
  emailTaken: 'Email already exists',
  playlistNameTaken: 'Playlist name already exists',
  movieNotAvailable: 'Movie not available',
  requestInProgress: 'Request in progress',
  defaultPlaylist: 'Default playlist cannot be deleted',
} satisfies Record<ConflictReason, string>;

/** Only where the writes are closed. */
const unauthorizedAnswer: Answer = {
  ...textAnswer(401, 'Not authenticated'),
  headers: { 'WWW-Authenticate': 'Bearer' },
};

/** What goes wrong, in this dialect's words (Users 3, U1). */
export const answers: Answers = {
  domain: {
    NOT_FOUND: ({ resource }) => textAnswer(404, notFoundTexts[resource]),
    FORBIDDEN: () => textAnswer(403, 'Forbidden'),
    UNAUTHENTICATED: () => unauthorizedAnswer,
    CONFLICT: ({ reason }) => textAnswer(400, conflictTexts[reason]),
    INVALID: ({ field, message }) =>
      invalidAnswer([{ type: 'value_error', loc: ['body', field], msg: message, input: null }], invalidStatus),
    WRONG_CREDENTIALS: () => unauthorizedAnswer,
    ACCOUNT_DISABLED: () => textAnswer(403, 'Account disabled'),
    TOO_LARGE: () => textAnswer(413, 'Content Too Large'),
    UNSUPPORTED_MEDIA: () => textAnswer(415, 'Unsupported Media Type'),
    RATE_LIMITED: (error) => retryLater(textAnswer(429, 'Too Many Requests'), error.retryAfterSeconds),
    UNAVAILABLE: (error) => retryLater(textAnswer(503, 'Service Unavailable'), error.retryAfterSeconds),
  },
  // There is nothing at a path that cannot be.
  undecodablePath: textAnswer(404, 'Not Found'),
  fault: textAnswer(500, 'An unexpected error occurred'),
  send: sendAnswer,
};
