/** What a request can be about; edges word their messages from it. */
export type Resource =
  | 'movie'
  | 'rating'
  | 'watchlistItem'
  | 'user'
  | 'apiKey'
  | 'song'
  | 'playlist'
  | 'playlistEntry'
  | 'image';

/** Why a well-formed request contradicts what is stored. */
export type ConflictReason =
  | 'alreadyRated'
  | 'alreadyInWatchlist'
  | 'usernameTaken'
  | 'emailTaken'
  | 'playlistNameTaken'
  | 'movieNotAvailable'
  | 'requestInProgress'
  | 'defaultPlaylist';

/** The closed set of codes; each edge maps every one of them, or does not compile. */
export type DomainErrorCode = DomainError['code'];

export type DomainError =
  | NotFoundError
  | ForbiddenError
  | UnauthenticatedError
  | WrongCredentialsError
  | AccountDisabledError
  | ConflictError
  | InvalidError
  | TooLargeError
  | UnsupportedMediaError
  | RateLimitedError
  | UnavailableError;

/** There is no such thing, or none that this viewer may know of. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly code = 'NOT_FOUND';

  constructor(readonly resource: Resource) {
    super(`No such ${resource}.`);
  }
}

/** The viewer is known, and may not. */
export class ForbiddenError extends Error {
  override readonly name = 'ForbiddenError';
  readonly code = 'FORBIDDEN';

  constructor() {
    super('You may not do this.');
  }
}

/** The operation needs to know who asks. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
  readonly code = 'UNAUTHENTICATED';

  constructor() {
    super('This needs a valid credential.');
  }
}

/** An e-mail address and a password that do not belong together; which of them is wrong is not said. */
export class WrongCredentialsError extends Error {
  override readonly name = 'WrongCredentialsError';
  readonly code = 'WRONG_CREDENTIALS';

  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

/** The credential is right, and its owner's account is disabled. */
export class AccountDisabledError extends Error {
  override readonly name = 'AccountDisabledError';
  readonly code = 'ACCOUNT_DISABLED';

  constructor() {
    super('This account is disabled.');
  }
}

/** Well formed, but at odds with what is stored. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly code = 'CONFLICT';

  constructor(readonly reason: ConflictReason) {
    super(conflictMessages[reason]);
  }
}

/** A value breaks a rule of the domain; `field` names it as the domain does. */
export class InvalidError extends Error {
  override readonly name = 'InvalidError';
  readonly code = 'INVALID';

  constructor(
    readonly field: string,
    expected: string,
  ) {
    super(`${field}: expected ${expected}.`);
  }
}

/** What was sent is larger than what it is for may be. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
  readonly code = 'TOO_LARGE';

  constructor(readonly maxBytes: number) {
    super(`This is too large: at most ${maxBytes} bytes are taken.`);
  }
}

/** What was sent is, by its content, of a kind that is not taken. */
export class UnsupportedMediaError extends Error {
  override readonly name = 'UnsupportedMediaError';
  readonly code = 'UNSUPPORTED_MEDIA';

  /** @param expected the kinds that are, as a list for people */
  constructor(expected: string) {
    super(`This kind of content is not taken: expected ${expected}.`);
  }
}

/** Too many attempts; they may go on after a while. */
export class RateLimitedError extends Error {
  override readonly name = 'RateLimitedError';
  readonly code = 'RATE_LIMITED';

  constructor(readonly retryAfterSeconds: number) {
    super(`Too many attempts. Try again in ${retryAfterSeconds} seconds.`);
  }
}

/** Something the service depends on is away or overloaded; the same request may work later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly code = 'UNAVAILABLE';
  /** How long a client should wait before it tries again. */
  readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super('The service cannot answer this right now. Try again later.', options);
  }
}

const conflictMessages = {
  alreadyRated: 'You have already rated this film.',
  alreadyInWatchlist: 'This film is already in the watchlist.',
  usernameTaken: 'This username is taken.',
  emailTaken: 'This e-mail address is already registered.',
  playlistNameTaken: 'You already have a playlist of this name.',
  movieNotAvailable: 'This film is not available yet.',
  requestInProgress: 'The first request with this idempotency key is still being worked out. Try again in a moment.',
  defaultPlaylist: 'The default playlist stays; only others can be deleted.',
} satisfies Record<ConflictReason, string>;

const classes = [
  NotFoundError,
  ForbiddenError,
  UnauthenticatedError,
  WrongCredentialsError,
  AccountDisabledError,
  ConflictError,
  InvalidError,
  TooLargeError,
  UnsupportedMediaError,
  RateLimitedError,
  UnavailableError,
];

/**
 * The domain error that an error is, or was caused by (the ORM wraps what it did not expect). Undefined for anything
 * else: a fault, to be logged and hidden.
 */
export function findDomainError(error: unknown): DomainError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const candidate = current;
    if (classes.some((type) => candidate instanceof type)) return candidate as DomainError; // one of the classes: just checked
  }
  return undefined;
}
