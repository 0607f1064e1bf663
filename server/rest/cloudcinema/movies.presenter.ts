import type { ImageService } from '../../domain/images/image.service.js';
import type { ListedMovieRow, MovieStatus } from '../../domain/movies/movie.types.js';
import type { ListedEntryRow } from '../../domain/playlists/playlist.types.js';

const states = { available: 'Disponible', coming_soon: 'Proximo_Estreno' } as const satisfies Record<
  MovieStatus,
  string
>;

/** A film (CloudCinema 5); what is not known of it is null. */
export interface MovieBody {
  readonly id_pelicula: number;
  readonly titulo: string;
  readonly director: string | null;
  readonly anio_estreno: number | null;
  /** As it is stored: a key, or an address. */
  readonly poster: string | null;
  readonly poster_url: string | null;
  readonly url_contenido: string | null;
  readonly estado: (typeof states)[MovieStatus];
}

/** A film of a playlist. `fecha_agregado` is an ISO 8601 instant in UTC (CloudCinema C8). */
export interface EntryBody extends MovieBody {
  readonly fecha_agregado: string;
}

export function presentMovie(movie: ListedMovieRow, images: ImageService): MovieBody {
  return {
    id_pelicula: movie.id,
    titulo: movie.title,
    director: movie.director,
    anio_estreno: movie.year,
    poster: movie.posterKey,
    poster_url: images.urlOf(movie.posterKey),
    url_contenido: contentOf(movie),
    estado: states[movie.status],
  };
}

/** Where it can be watched: its address or, for what is stored here, the path that serves it to who is logged in. */
function contentOf({ id, contentUrl }: ListedMovieRow): string | null {
  return contentUrl === null || contentUrl.startsWith('http') ? contentUrl : `/media/movies/${id}`;
}

export function presentEntry(entry: ListedEntryRow, images: ImageService): EntryBody {
  return { ...presentMovie(entry, images), fecha_agregado: new Date(entry.addedAt).toISOString() };
}
