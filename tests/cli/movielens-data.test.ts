import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { migrate } from '../../server/database/schema.js';
import { readMovies } from '../support/catalogue.js';
import { type CommandDatabase, type CommandResult, createCommandDatabase } from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';

/** The real files may not be copied into the project: their licence keeps them where they were downloaded. */
const folder = process.env['MOVIELENS_DIR'] ?? '../shared/data/ml-latest-small';
const present = existsSync(join(folder, 'ratings.csv'));
if (!present) {
  process.stderr.write(`\n!! NO MOVIELENS DATA IN ${folder} (set MOVIELENS_DIR): ITS IMPORT IS NOT TESTED.\n\n`);
}

const read = (name: string): string[][] => parse(readFileSync(join(folder, name)), { from_line: 2 });

(present ? describe : describe.skip)('the real MovieLens files', () => {
  describeOnEveryEngine('ml-latest-small', (engine) => {
    let files: CommandDatabase;
    let movies: Awaited<ReturnType<typeof readMovies>>;
    let result: CommandResult;

    beforeAll(async () => {
      files = await createCommandDatabase(engine);
      await migrate(files.database);
      result = await files.run('import-movielens', [folder]);
      movies = await readMovies(files.database);
    }, 120_000);
    afterAll(() => files.drop());

    test('are taken whole', () => {
      expect(result.code).toBe(0);
      expect(result.stdout).toMatch(/^films +9742 +0 +9742 +0 +0$/m);
      expect(result.stdout).toMatch(/^links +9742 +0 +9742 +0 +0$/m);
      expect(result.stdout).toMatch(/^ratings +100836 +0 +100836 +0 +0$/m);
      expect(result.stdout).toMatch(/^users +610 +0 +610 +0 +0$/m);
    });

    test('keep every title byte for byte, and every genre in its order', () => {
      const expected = read('movies.csv').map(([id, title, genres]) => {
        return [Number(id), title, genres === '(no genres listed)' ? [] : genres?.split('|')];
      });
      expect(movies.map((movie) => [movie.movie_lens_id, movie.movie_lens_title, movie.genres])).toEqual(expected);
    });

    test('keep the years apart from the titles', () => {
      const strange = movies.filter(({ title, year, movie_lens_title }) => `${title} (${year})` !== movie_lens_title);
      const reasons = strange.map((movie) => (movie.year === null ? 'no year' : 'blank after the year'));
      expect(Map.groupBy(reasons, (reason) => reason).get('no year')).toHaveLength(13);
      for (const { title, movie_lens_title } of strange) expect(movie_lens_title?.startsWith(title)).toBe(true);
    });

    test('keep every link', () => {
      const expected = read('links.csv').map(([id, imdb, tmdb]) => [Number(id), `tt${imdb}`, tmdb || null]);
      expect(movies.map((movie) => [movie.movie_lens_id, movie.imdb_id, movie.tmdb_id])).toEqual(expected);
    });

    test('give every film the exact average of its ratings', () => {
      const scores = Map.groupBy(read('ratings.csv'), ([, movieId]) => Number(movieId));
      const expected = movies.map(({ movie_lens_id: id }) => {
        const halves = (scores.get(id ?? 0) ?? []).map(([, , rating]) => Number(rating) * 2);
        const sum = halves.reduce((total, half) => total + half, 0);
        return [id, halves.length, halves.length === 0 ? null : sum / 2 / halves.length];
      });
      expect(movies.map((movie) => [movie.movie_lens_id, movie.rating_count, movie.average_rating])).toEqual(expected);
    });
  });
});
