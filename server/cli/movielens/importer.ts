import type { Database } from '../../database/database.js';
import { LinkImportRepository } from './link-import.repository.js';
import { MovieImportRepository } from './movie-import.repository.js';
import { RatedPairs } from './rated-pairs.js';
import { RatingImportRepository, type RatingOutcome } from './rating-import.repository.js';
import { RatingWindow } from './rating-window.js';
import { RowRefusal } from './refusal.js';
import type { ImportReport } from './report.js';
import { readBatches, takeRows } from './row-reader.js';
import { parseLink, parseMovie, parseRating } from './rows.js';
import type { FileKind, SourceFile } from './source.js';

/** Everything that an import works with. */
export interface ImportJob {
  readonly database: Database;
  readonly files: Readonly<Record<FileKind, SourceFile>>;
  /** Filled in as the import goes. */
  readonly report: ImportReport;
  /** Told after each piece that was read from a file. */
  readonly onProgress: (file: SourceFile, bytes: number) => void;
}

const movieBatchSize = 1000;
const linkBatchSize = 2000;
/** Ratings that are held in memory to be sorted: 26 bytes each. */
const ratingWindowSize = 500_000;
/** From here on a file is worth a transaction of its own. */
const [largeFileBytes, bytesPerRating] = [16 * 1024 * 1024, 24];

/**
 * Imports a MovieLens folder: films, then their links, then the ratings with their users. Each batch is one transaction
 * that adds what is not there, so an import that died can be started again, and repeated at will.
 */
export async function importMovieLens(job: ImportJob): Promise<void> {
  await importMovies(job);
  const movieIds = await readMovieIds(job.database);
  await importLinks(job, movieIds);
  await importRatings(job, movieIds);
}

async function importMovies(job: ImportJob): Promise<void> {
  const movies = await MovieImportRepository.open(job.database);
  const checkFirst = createRepetitionCheck();
  const parse = (fields: readonly string[]) => {
    const movie = parseMovie(fields);
    checkFirst(movie.movieLensId);
    return movie;
  };
  const reading = { ...job, kind: 'films', file: job.files.movies } as const;
  for await (const batch of readBatches(reading, movieBatchSize, parse)) {
    add(job.report.films, await movies.store(batch));
  }
}

async function importLinks(job: ImportJob, movieIds: ReadonlyMap<number, number>): Promise<void> {
  const links = new LinkImportRepository(job.database, movieIds);
  const checkFirst = createRepetitionCheck();
  const parse = (fields: readonly string[]) => {
    const link = parseLink(fields);
    getMovieId(movieIds, link.movieLensId);
    checkFirst(link.movieLensId);
    return link;
  };
  const reading = { ...job, kind: 'links', file: job.files.links } as const;
  for await (const batch of readBatches(reading, linkBatchSize, parse)) {
    add(job.report.links, await links.store(batch));
  }
}

async function importRatings(job: ImportJob, movieIds: ReadonlyMap<number, number>): Promise<void> {
  const ratings = new RatingImportRepository(job.database);
  const windows = readRatings(job, movieIds);
  const { report } = job;
  const take = ({ usersAdded, ...outcome }: RatingOutcome) => {
    report.users.added += usersAdded;
    add(report.ratings, outcome);
  };
  if (await isMostOfAll(job, ratings)) take(await ratings.storeAtOnce(windows));
  else for await (const window of windows) take(await ratings.store(window));
  report.users.read = ratings.userCount;
  report.users.unchanged = ratings.userCount - report.users.added;
}

async function* readRatings(job: ImportJob, movieIds: ReadonlyMap<number, number>): AsyncGenerator<RatingWindow> {
  const window = new RatingWindow(ratingWindowSize);
  const pairs = new RatedPairs();
  const take = (fields: readonly string[]) => {
    const { movieLensId, ...rating } = parseRating(fields);
    const movieId = getMovieId(movieIds, movieLensId);
    if (!pairs.add(rating.userId, movieId)) {
      throw new RowRefusal('this user rated this film in an earlier line', `${rating.userId},${movieLensId}`);
    }
    return window.add({ ...rating, movieId });
  };
  for await (const _full of takeRows({ ...job, kind: 'ratings', file: job.files.ratings }, take)) {
    if (window.length > 0) yield window;
    window.clear();
    pairs.endBatch();
  }
}

/** Whether the file is large, and brings more ratings than there are: then they go in at once (ADR 0018). */
async function isMostOfAll({ database, files }: ImportJob, ratings: RatingImportRepository): Promise<boolean> {
  const { bytes } = files.ratings;
  if (database.engine !== 'sqlite' || bytes < largeFileBytes) return false;
  return (await ratings.findLastId()) < bytes / bytesPerRating / 2;
}

async function readMovieIds(database: Database): Promise<Map<number, number>> {
  const rows = await database.sql
    .selectFrom('movies')
    .select(['id', 'movie_lens_id'])
    .where('movie_lens_id', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.movie_lens_id ?? 0, row.id]));
}

function createRepetitionCheck(): (movieLensId: number) => void {
  const seen = new Set<number>();
  return (movieLensId) => {
    if (seen.has(movieLensId)) throw new RowRefusal('this film is in an earlier line', String(movieLensId));
    seen.add(movieLensId);
  };
}

function getMovieId(movieIds: ReadonlyMap<number, number>, movieLensId: number): number {
  const id = movieIds.get(movieLensId);
  if (id === undefined) throw new RowRefusal('movieId: no such film', String(movieLensId));
  return id;
}

function add<K extends string>(tally: Record<K, number>, outcome: Partial<Readonly<Record<K, number>>>): void {
  for (const name in outcome) tally[name] += outcome[name] ?? 0;
}
