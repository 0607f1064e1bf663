import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConflictError, ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest, OffsetPage, OffsetRequest } from '../page.js';
import type { Viewer } from '../viewer.js';
import { mayReadMovies, mayWatchMovies } from './movie.policy.js';
import type { MovieRepository } from './movie.repository.js';
import type {
  GenreRow,
  ListedMovieRow,
  MovieFilter,
  MovieLensRequest,
  MovieOrderField,
  MovieRow,
  MovieSummaryRow,
  ShortMovieRow,
} from './movie.types.js';
import type { MoviePageRepository } from './movie-page.repository.js';

/** How many films are read and sorted before other requests have their turn. */
const listedAtOnce = 5000;

/** What films are read from. */
export interface MovieRepositories {
  readonly movies: MovieRepository;
  readonly pages: MoviePageRepository;
}

/** The catalogue of films, as one viewer may see it. */
export class MovieService {
  readonly #viewer: Viewer;
  readonly #movies: MovieRepository;
  readonly #pages: MoviePageRepository;

  constructor(viewer: Viewer, { movies, pages }: MovieRepositories) {
    this.#viewer = viewer;
    this.#movies = movies;
    this.#pages = pages;
  }

  /** @throws NotFoundError (movie) */
  async get(id: number): Promise<MovieRow> {
    const movie = await this.find(id);
    if (!movie) throw new NotFoundError('movie');
    return movie;
  }

  /** @throws NotFoundError (movie) */
  async getSummary(id: number): Promise<MovieSummaryRow> {
    this.#checkRead();
    const movie = await this.#pages.findById(id);
    if (!movie) throw new NotFoundError('movie');
    return movie;
  }

  async find(id: number): Promise<MovieRow | undefined> {
    this.#checkRead();
    return this.#movies.findById(id);
  }

  /**
   * What a film's content is: the key of an object, or an address that begins with `http`.
   *
   * @throws UnauthenticatedError, ForbiddenError; NotFoundError (movie) also when it has no content; ConflictError
   *   (movieNotAvailable)
   */
  async getContent(id: number): Promise<string> {
    if (!mayWatchMovies(this.#viewer)) {
      throw this.#viewer.kind === 'anonymous' ? new UnauthenticatedError() : new ForbiddenError();
    }
    const { status, contentUrl } = await this.get(id);
    if (status !== 'available') throw new ConflictError('movieNotAvailable');
    if (!contentUrl) throw new NotFoundError('movie');
    return contentUrl;
  }

  async findByMovieLensId(movieLensId: number): Promise<MovieRow | undefined> {
    this.#checkRead();
    return this.#movies.findByMovieLensId(movieLensId);
  }

  /** Films by keyset; @throws InvalidError (field `after`) for a cursor of another list. */
  async list(filter: MovieFilter, request: KeysetRequest<MovieOrderField>): Promise<KeysetPage<MovieRow>> {
    this.#checkRead();
    return this.#movies.list(filter, request);
  }

  /** As `list`, for who needs no more of each film than a short row has. */
  async listShort(filter: MovieFilter, request: KeysetRequest<MovieOrderField>): Promise<KeysetPage<ShortMovieRow>> {
    this.#checkRead();
    return this.#movies.listShort(filter, request);
  }

  /** How many films a filter matches. */
  async count(filter: MovieFilter): Promise<number> {
    this.#checkRead();
    return this.#movies.count(filter);
  }

  /** All films in the order of their ids, by page number. */
  async listByOffset(request: OffsetRequest): Promise<OffsetPage<MovieSummaryRow>> {
    this.#checkRead();
    return this.#pages.listByOffset(request);
  }

  /** The whole catalogue as readers of a language look titles up, for the contract that has no pages. */
  async listByTitle(locale: string): Promise<ListedMovieRow[]> {
    this.#checkRead();
    const { compare } = new Intl.Collator(locale);
    const byTitle = (a: ListedMovieRow, b: ListedMovieRow) => compare(a.title, b.title) || a.id - b.id;
    const films: ListedMovieRow[] = [];
    for (let last = 0; ; ) {
      const page = await this.#movies.listAfter(last, listedAtOnce);
      last = page.at(-1)?.id ?? last;
      films.push(...page.sort(byTitle));
      // Merges what is sorted in parts already, which takes a fraction of the comparisons.
      if (page.length < listedAtOnce) return films.sort(byTitle);
      await nextTurn();
    }
  }

  /** The films of the filter that have a MovieLens id, by page number. */
  async listMovieLens(filter: MovieFilter, request: MovieLensRequest): Promise<OffsetPage<MovieRow>> {
    this.#checkRead();
    return this.#movies.listMovieLens(filter, request);
  }

  /** Every genre, by name. */
  async listGenres(): Promise<GenreRow[]> {
    this.#checkRead();
    return this.#movies.listGenres();
  }

  #checkRead(): void {
    if (!mayReadMovies(this.#viewer)) throw new ForbiddenError();
  }
}
