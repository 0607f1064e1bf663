import { ApiKey } from '../domain/api-keys/api-key.entity.js';
import { AuditEntry } from '../domain/audit-log/audit-entry.entity.js';
import { DialectCalls } from '../domain/dialect-usage/dialect-calls.entity.js';
import { IdempotencyKey } from '../domain/idempotency/idempotency-key.entity.js';
import { ImageUpload } from '../domain/images/image-upload.entity.js';
import { CatalogCount } from '../domain/movies/catalog-count.entity.js';
import { Genre } from '../domain/movies/genre.entity.js';
import { Movie, MovieGenre } from '../domain/movies/movie.entity.js';
import { MovieLetter } from '../domain/movies/movie-letter.entity.js';
import { LibraryEntry } from '../domain/music/library-entry.entity.js';
import { Song } from '../domain/music/song.entity.js';
import { Playlist, PlaylistEntry } from '../domain/playlists/playlist.entity.js';
import { Rating } from '../domain/ratings/rating.entity.js';
import { Session } from '../domain/sessions/session.entity.js';
import { User } from '../domain/users/user.entity.js';
import { WatchlistItem } from '../domain/watchlists/watchlist.entity.js';

/** Every table of the schema. */
export const entities = [
  User,
  ApiKey,
  Session,
  Genre,
  Movie,
  MovieGenre,
  CatalogCount,
  Rating,
  WatchlistItem,
  Playlist,
  PlaylistEntry,
  Song,
  LibraryEntry,
  ImageUpload,
  MovieLetter,
  AuditEntry,
  IdempotencyKey,
  DialectCalls,
] as const;
