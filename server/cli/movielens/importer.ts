import type { Database } from '../../database/database.js';
import { type Line, readLines, splitFields } from './csv.js';
import { LinkImportRepository } from './link-import.repository.js';
import { MovieImportRepository } from './movie-import.repository.js';
import { RatedPairs } from './rated-pairs.js';
import { RatingImportRepository } from './rating-import.repository.js';
import { RowRefusal } from './refusal.js';
import type { ImportReport } from './report.js';
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

interface Taking<T> {
  readonly kind: 'films' | 'links' | 'ratings';
  /** Rows per transaction. */
  readonly batchSize: number;
  /** @throws RowRefusal */
  readonly parse: (fields: readonly string[]) => T;
  readonly store: (rows: readonly T[]) => Promise<void>;
}

const movieBatchSize = 1000;
const linkBatchSize = 2000;
/** Ratings that are held in memory to be sorted. */
const ratingWindowSize = 200_000;
/** Ratings per transaction: few enough that nobody waits for long. */
const ratingBatchSize = 10_000;

/**
 * Imports a MovieLens folder: films, then their links, then the ratings with their users. Each batch is one transaction
 * and each row is looked for before it is added, so an import that died can be started again, and repeated at will.
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
  await takeRows(job, job.files.movies, {
    kind: 'films',
    batchSize: movieBatchSize,
    parse: (fields) => {
      const movie = parseMovie(fields);
      checkFirst(movie.movieLensId);
      return movie;
    },
    store: async (rows) => add(job.report.films, await movies.store(rows)),
  });
}

async function importLinks(job: ImportJob, movieIds: ReadonlyMap<number, number>): Promise<void> {
  const links = new LinkImportRepository(job.database, movieIds);
  const checkFirst = createRepetitionCheck();
  await takeRows(job, job.files.links, {
    kind: 'links',
    batchSize: linkBatchSize,
    parse: (fields) => {
      const link = parseLink(fields);
      getMovieId(movieIds, link.movieLensId);
      checkFirst(link.movieLensId);
      return link;
    },
    store: async (rows) => add(job.report.links, await links.store(rows)),
  });
}

async function importRatings(job: ImportJob, movieIds: ReadonlyMap<number, number>): Promise<void> {
  const ratings = new RatingImportRepository(job.database);
  const pairs = new RatedPairs();
  const { report } = job;
  await takeRows(job, job.files.ratings, {
    kind: 'ratings',
    batchSize: ratingWindowSize,
    parse: (fields) => {
      const { movieLensId, ...rating } = parseRating(fields);
      const movieId = getMovieId(movieIds, movieLensId);
      if (!pairs.add(rating.userId, movieId)) {
        throw new RowRefusal('this user rated this film in an earlier line', `${rating.userId},${movieLensId}`);
      }
      return { ...rating, movieId };
    },
    store: async (rows) => {
      report.users.added += await ratings.ensureUsers(rows.map(({ userId }) => userId));
      // By film: a batch then writes few films and index pages, where one in the file's order writes to most of them.
      const sorted = rows.toSorted((a, b) => a.movieId - b.movieId || a.userId - b.userId);
      for (let start = 0; start < sorted.length; start += ratingBatchSize) {
        add(report.ratings, await ratings.store(sorted.slice(start, start + ratingBatchSize)));
      }
      pairs.endBatch();
    },
  });
  report.users.read = ratings.userCount;
  report.users.unchanged = ratings.userCount - report.users.added;
}

async function takeRows<T>(
  job: ImportJob,
  file: SourceFile,
  { kind, batchSize, parse, store }: Taking<T>,
): Promise<void> {
  const parseLine = ({ number, text }: Line): T[] => {
    if (number === 1 || text === '') return [];
    job.report[kind].read += 1;
    try {
      return [parse(splitFields(text))];
    } catch (error) {
      if (!(error instanceof RowRefusal)) throw error;
      job.report.refuse(kind, { file: file.name, line: number }, error);
      return [];
    }
  };
  let batch: T[] = [];
  for await (const lines of readLines(file.path, (bytes) => job.onProgress(file, bytes))) {
    for (const line of lines) {
      batch.push(...parseLine(line));
      if (batch.length < batchSize) continue;
      await store(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await store(batch);
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
