import type { ConflictReason, Resource } from '../../domain/errors.js';
import { type Answer, type Answers, Refusal, retryLater, setHead } from '../shared/answers.js';
import { sendJsonWithCharset } from '../shared/json.js';
import { presentError, presentInvalid } from './envelope.js';

/** A refusal that says no more than a text. */
export function refusal(status: number, text: string): Refusal {
  return new Refusal(textAnswer(status, text));
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

/** What goes wrong, in this dialect's words (MIMO 1.5 to 1.11). */
export const answers: Answers = {
  domain: {
    NOT_FOUND: ({ resource }) => textAnswer(404, notFoundTexts[resource]),
    FORBIDDEN: () => textAnswer(403, 'Forbidden'),
    UNAUTHENTICATED: () => textAnswer(401, 'Unauthorized'),
    CONFLICT: ({ reason }) => textAnswer(409, conflictTexts[reason]),
    INVALID: ({ field, message }) => ({
      status: 422,
      body: presentInvalid([{ message, path: [field], type: 'any.invalid', context: { label: field, key: field } }]),
    }),
    WRONG_CREDENTIALS: () => textAnswer(401, 'Unauthorized'),
    ACCOUNT_DISABLED: () => textAnswer(403, 'Account disabled'),
    TOO_LARGE: () => textAnswer(413, 'Payload Too Large'),
    UNSUPPORTED_MEDIA: () => textAnswer(415, 'Unsupported Media Type'),
    RATE_LIMITED: (error) => retryLater(textAnswer(429, 'Too Many Requests'), error.retryAfterSeconds),
    UNAVAILABLE: (error) => retryLater(textAnswer(503, 'Service Unavailable'), error.retryAfterSeconds),
  },
  undecodablePath: textAnswer(400, 'Bad Request'),
  fault: textAnswer(500, 'Internal Server Error'),
  send: (response, answer) => {
    setHead(response, answer);
    sendJsonWithCharset(response, answer.body);
  },
};

function textAnswer(status: number, text: string): Answer {
  return { status, body: presentError(text) };
}
