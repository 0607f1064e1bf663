import type { Database } from './database/database.js';
import { ApiKeyRepository } from './domain/api-keys/api-key.repository.js';
import { ApiKeyService } from './domain/api-keys/api-key.service.js';
import { ApiKeyUsage } from './domain/api-keys/api-key.usage.js';
import { AuditEntryRepository } from './domain/audit-log/audit-entry.repository.js';
import { AuditEntryService } from './domain/audit-log/audit-entry.service.js';
import { DialectUsageCounter } from './domain/dialect-usage/dialect-usage.counter.js';
import { DialectUsageRepository } from './domain/dialect-usage/dialect-usage.repository.js';
import { DialectUsageService } from './domain/dialect-usage/dialect-usage.service.js';
import type { DialectCall } from './domain/dialect-usage/dialect-usage.types.js';
import { ImageRepository } from './domain/images/image.repository.js';
import { ImageService } from './domain/images/image.service.js';
import { ImageUploadRepository } from './domain/images/image-upload.repository.js';
import { type ImageUploadParts, ImageUploadService } from './domain/images/image-upload.service.js';
import { createMovieLoaders, type MovieLoaders } from './domain/movies/movie.loaders.js';
import { MovieRepository } from './domain/movies/movie.repository.js';
import { MovieService } from './domain/movies/movie.service.js';
import { MoviePageRepository } from './domain/movies/movie-page.repository.js';
import { createLibraryLoaders, type LibraryLoaders } from './domain/music/library.loaders.js';
import { LibraryRepository } from './domain/music/library.repository.js';
import { LibraryService } from './domain/music/library.service.js';
import { createSongLoaders, type SongLoaders } from './domain/music/song.loaders.js';
import { SongRepository } from './domain/music/song.repository.js';
import { SongService } from './domain/music/song.service.js';
import { createPlaylistLoaders, type PlaylistLoaders } from './domain/playlists/playlist.loaders.js';
import { PlaylistRepository } from './domain/playlists/playlist.repository.js';
import { PlaylistService } from './domain/playlists/playlist.service.js';
import { PlaylistEntryRepository } from './domain/playlists/playlist-entry.repository.js';
import type { RateLimiters } from './domain/rate-limiter.js';
import { createRatingLoaders, type RatingLoaders } from './domain/ratings/rating.loaders.js';
import { RatingRepository } from './domain/ratings/rating.repository.js';
import { RatingService } from './domain/ratings/rating.service.js';
import { noteViewer } from './domain/request-context.js';
import { SessionRepository } from './domain/sessions/session.repository.js';
import { AccountService } from './domain/users/account.service.js';
import { AuthenticatorService } from './domain/users/authenticator.service.js';
import { LoginLimiter } from './domain/users/login-limiter.js';
import { createUserLoaders, type UserLoaders } from './domain/users/user.loaders.js';
import { UserRepository } from './domain/users/user.repository.js';
import { UserService } from './domain/users/user.service.js';
import type { Viewer } from './domain/viewer.js';
import { createWatchlistLoaders, type WatchlistLoaders } from './domain/watchlists/watchlist.loaders.js';
import { WatchlistRepository } from './domain/watchlists/watchlist.repository.js';
import { WatchlistService } from './domain/watchlists/watchlist.service.js';
import type { SessionTokens } from './identity/session-token.js';
import type { TokenVerifier } from './identity/token-verifier.js';
import type { Logger } from './logger.js';
import type { ImageStoreParts } from './storage/open-store.js';

/** What one request works with: who asks, the services as that viewer may use them, and the request's own batches. */
export interface RequestScope {
  readonly viewer: Viewer;
  readonly movies: MovieService;
  readonly ratings: RatingService;
  readonly watchlists: WatchlistService;
  readonly playlists: PlaylistService;
  readonly songs: SongService;
  readonly library: LibraryService;
  readonly users: UserService;
  readonly account: AccountService;
  readonly apiKeys: ApiKeyService;
  readonly images: ImageService;
  readonly auditLog: AuditEntryService;
  readonly imageUploads: ImageUploadService;
  readonly dialectUsage: DialectUsageService;
  readonly loaders: Loaders;
}

export interface Loaders {
  readonly movies: MovieLoaders;
  readonly ratings: RatingLoaders;
  readonly watchlists: WatchlistLoaders;
  readonly playlists: PlaylistLoaders;
  readonly songs: SongLoaders;
  readonly libraries: LibraryLoaders;
  readonly users: UserLoaders;
}

/** What every edge is given: how to verify a credential, and how to serve its viewer. */
export interface Scopes {
  readonly authenticator: AuthenticatorService;
  forViewer(viewer: Viewer): RequestScope;
  /** Counts a call of a dialect, whoever it was from. */
  noteDialectCall(call: DialectCall): void;
  /** Writes what is still to be noted. */
  flush(): Promise<void>;
  /** Writes it, and notes no more; before the database closes. */
  close(): Promise<void>;
}

/** What the domain is wired onto. */
export interface ScopeParts extends ImageStoreParts {
  readonly database: Database;
  readonly sessionTokens: SessionTokens;
  readonly tokenVerifier: TokenVerifier;
  readonly limiters: RateLimiters;
  readonly logger: Logger;
}

type Repositories = ReturnType<typeof createRepositories>;

function createRepositories(database: Database) {
  return {
    movies: new MovieRepository(database),
    pages: new MoviePageRepository(database),
    ratings: new RatingRepository(database),
    watchlists: new WatchlistRepository(database),
    playlists: new PlaylistRepository(database),
    entries: new PlaylistEntryRepository(database),
    songs: new SongRepository(database),
    libraries: new LibraryRepository(database),
    users: new UserRepository(database),
    apiKeys: new ApiKeyRepository(database),
    sessions: new SessionRepository(database),
    images: new ImageRepository(database),
    imageUploads: new ImageUploadRepository(database),
    auditEntries: new AuditEntryRepository(database),
    dialectUsage: new DialectUsageRepository(database),
  };
}

/** Wires the domain. A new feature adds its line here, and its repository's above. */
export function createScopes(parts: ScopeParts): Scopes {
  const { sessionTokens, tokenVerifier, limiters, logger } = parts;
  const repositories = createRepositories(parts.database);
  const { movies, pages, ratings, watchlists, playlists, entries, songs, libraries, users, apiKeys, sessions } =
    repositories;
  const { onKeyUsed, ...notes } = createNotes(repositories, logger);
  const signSession: SessionTokens['sign'] = (session) => sessionTokens.sign(session);
  const accounts = { users, sessions, limiter: new LoginLimiter(limiters), signSession };
  const pictures = createPictureParts(parts, repositories);
  return {
    authenticator: new AuthenticatorService({ users, apiKeys, sessions, sessionTokens, tokenVerifier, onKeyUsed }),
    forViewer: (viewer) => ({
      viewer: noteViewer(viewer),
      movies: new MovieService(viewer, { movies, pages }),
      ratings: new RatingService(viewer, ratings, movies),
      watchlists: new WatchlistService(viewer, watchlists),
      playlists: new PlaylistService(viewer, { playlists, entries }),
      songs: new SongService(viewer, songs),
      library: new LibraryService(viewer, { libraries, songs, users }),
      users: new UserService(viewer, users),
      account: new AccountService(viewer, accounts),
      apiKeys: new ApiKeyService(viewer, apiKeys),
      images: new ImageService(viewer, pictures),
      imageUploads: new ImageUploadService(viewer, pictures),
      auditLog: new AuditEntryService(viewer, repositories.auditEntries),
      dialectUsage: new DialectUsageService(viewer, repositories.dialectUsage),
      loaders: createLoaders(viewer, repositories),
    }),
    ...notes,
  };
}

/** What is noted of requests, to be written some seconds later. */
function createNotes({ apiKeys, dialectUsage }: Repositories, logger: Logger) {
  const onLost = (err: unknown) => logger.warn({ err }, 'could not write who was here');
  const keys = new ApiKeyUsage(apiKeys, onLost);
  const calls = new DialectUsageCounter(dialectUsage, onLost);
  return {
    onKeyUsed: (keyId: number) => keys.note(keyId),
    noteDialectCall: (call: DialectCall) => calls.note(call),
    flush: async () => void (await Promise.all([keys.flush(), calls.flush()])),
    close: async () => void (await Promise.all([keys.close().catch(onLost), calls.close().catch(onLost)])),
  };
}

function createLoaders(viewer: Viewer, repositories: Repositories): Loaders {
  return {
    movies: createMovieLoaders(repositories.movies),
    ratings: createRatingLoaders(viewer, repositories.ratings),
    watchlists: createWatchlistLoaders(viewer, repositories.watchlists),
    playlists: createPlaylistLoaders(repositories.playlists, repositories.entries),
    songs: createSongLoaders(repositories.songs),
    libraries: createLibraryLoaders(repositories.libraries),
    users: createUserLoaders(viewer, repositories.users),
  };
}

function createPictureParts(
  { imageStore, imageUploadUrl, logger }: ScopeParts,
  { images, imageUploads }: Repositories,
): ImageUploadParts {
  return {
    store: imageStore,
    images,
    uploads: imageUploads,
    uploadUrl: imageUploadUrl,
    onLeftBehind: (key, err) => logger.warn({ err, key }, 'an image that nobody needs is left behind'),
  };
}
