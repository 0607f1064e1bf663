import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../server/database/schema.js';
import { seedDemo } from '../../server/database/seeds/demo.seed.js';
import { readCatalogue, readMovies, readRatings } from '../support/catalogue.js';
import {
  type CommandDatabase,
  createCommandDatabase,
  type MovieLensRows,
  writeMovieLens,
} from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';

const rows = {
  movies: [
    '11,Paper Moons (1973) ,Drama|Comedy',
    '12,"Big ""Quiet"" City, The (1951)",(no genres listed)',
    '13,Desu nôto (2006–2007),Animation',
  ],
  links: ['11,0070510,11293', '12,0000042,', '13,,77'],
  ratings: ['1,11,4.0,964982703', '1,12,3.5,964981247', '2,11,0.5,1400000000', '2,13,5.0,1400000001'],
} satisfies MovieLensRows;

describeOnEveryEngine('import:movielens', (engine) => {
  let files: CommandDatabase;
  const importRows = (content: MovieLensRows) =>
    files.run('import-movielens', [writeMovieLens(files.folder, content)], { NODE_ENV: 'test' });

  beforeEach(async () => {
    files = await createCommandDatabase(engine);
    await migrate(files.database);
  });
  afterEach(() => files.drop());

  test('takes films, genres, links, users and ratings', async () => {
    const { code, stdout, stderr } = await importRows(rows);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(tally(stdout)).toEqual({
      films: [3, 0, 3, 0, 0],
      links: [3, 0, 3, 0, 0],
      ratings: [4, 0, 4, 0, 0],
      users: [2, 0, 2, 0, 0],
    });
    const [moons, city, note] = await readMovies(files.database);
    expect(moons).toMatchObject({
      title: 'Paper Moons',
      year: 1973,
      movie_lens_id: 11,
      movie_lens_title: 'Paper Moons (1973) ',
      search_text: 'paper moons (1973)',
      imdb_id: 'tt0070510',
      tmdb_id: '11293',
      genres: ['Drama', 'Comedy'],
      primaryGenre: 'Drama',
      rating_count: 2,
      rating_sum: 450,
      average_rating: 2.25,
    });
    expect(city).toMatchObject({ title: 'Big "Quiet" City, The', year: 1951, genres: [], primaryGenre: null });
    expect(city).toMatchObject({ imdb_id: 'tt0000042', tmdb_id: null, average_rating: 3.5 });
    expect(note).toMatchObject({ title: 'Desu nôto (2006–2007)', year: null, imdb_id: null, tmdb_id: '77' });
  });

  test('keeps who rated what and when, and gives nobody a key', async () => {
    await importRows(rows);
    const { users, ratings, counts } = await readCatalogue(files.database);
    expect(users).toEqual(
      ['movielens-1', 'movielens-2'].map((name) => ({ username: name, name, password_hash: null })),
    );
    expect(ratings[0]).toEqual({
      username: 'movielens-1',
      movie_lens_id: 11,
      score: 400,
      comment: null,
      created_at: 964_982_703_000,
      updated_at: 964_982_703_000,
    });
    expect(counts).toEqual([
      { name: 'movieLensMovies', value: 3 },
      { name: 'movies', value: 3 },
    ]);
  });

  test('adds nothing when repeated', async () => {
    await importRows(rows);
    const before = await readCatalogue(files.database);
    const { code, stdout } = await importRows(rows);
    expect(code).toBe(0);
    expect(tally(stdout)).toEqual({
      films: [3, 0, 0, 3, 0],
      links: [3, 0, 0, 3, 0],
      ratings: [4, 0, 0, 4, 0],
      users: [2, 0, 0, 2, 0],
    });
    expect(await readCatalogue(files.database)).toEqual(before);
  });

  test('adds what is new, and leaves what is there', async () => {
    await importRows(rows);
    const { stdout } = await importRows({
      movies: [...rows.movies, '14,New (2001),Drama'],
      links: ['11,0000001,1', '14,0000002,2'],
      ratings: ['1,11,1.0,1', '3,11,5,1', '1,14,2,1'],
    });
    expect(tally(stdout)).toEqual({
      films: [4, 0, 1, 3, 0],
      links: [2, 0, 1, 1, 0],
      ratings: [3, 0, 2, 1, 0],
      users: [2, 0, 1, 1, 0],
    });
    const [moons] = await readMovies(files.database);
    expect(moons).toMatchObject({ imdb_id: 'tt0070510', rating_count: 3, rating_sum: 950 });
    expect(moons?.average_rating).toBe(950 / 300);
  });

  test('meets the films that the catalogue has by title and year', async () => {
    await seedDemo(files.database);
    const { stdout } = await importRows({
      movies: [
        '91,"Matrix, The (1999)",Action|Sci-Fi|Thriller',
        '92,Inception (2010),Action',
        '93,Inception (2010),Crime',
        '94,Titanic (1953),Drama',
      ],
      ratings: ['1,91,5.0,1000000000'],
    });
    expect(tally(stdout)['films']).toEqual([4, 2, 2, 0, 0]);
    const movies = await readMovies(files.database);
    expect(movies).toHaveLength(27);
    expect(movies[3]).toMatchObject({
      title: 'The Matrix',
      director: 'Lana Wachowski, Lilly Wachowski',
      movie_lens_id: 91,
      movie_lens_title: 'Matrix, The (1999)',
      search_text: 'matrix, the (1999)',
      genres: ['Action', 'Sci-Fi', 'Thriller'],
      primaryGenre: 'Sci-Fi',
      rating_count: 2,
      rating_sum: 900,
    });
    expect(movies[0]).toMatchObject({ movie_lens_id: 92, genres: ['Action', 'Sci-Fi'], primaryGenre: 'Sci-Fi' });
    const { counts } = await readCatalogue(files.database);
    expect(counts).toEqual([
      { name: 'movieLensMovies', value: 4 },
      { name: 'movies', value: 27 },
      { name: 'songs', value: 10 },
    ]);
  });

  test('refuses malformed rows by line and takes the rest', async () => {
    const { code, stdout, stderr } = await importRows({
      movies: [...rows.movies, '15,"Never closed (1990),Drama', '16', '11,Again (1973),Drama', 'x,Nameless,Drama'],
      links: ['11,tt1,1', '99,1,1', '12,0000042,'],
      ratings: [
        '1,11,4.0,964982703',
        '1,11,1.0,964982704',
        '1,99,4.0,1',
        '2,11,six,1',
        '2,11,6,1',
        '2,11,4',
        '2,11,4,soon',
        '',
        '2,11,4,1',
      ],
    });
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      'movies.csv:5: expected a field in quotes to be closed, and quotes inside it doubled',
      'movies.csv:6: expected the 3 columns movieId, title, genres, got "1 columns"',
      'movies.csv:7: this film is in an earlier line, got "11"',
      'movies.csv:8: movieId: expected a whole number from 1 to 2147483647, got "x"',
      'links.csv:2: imdbId: expected at most 10 digits, or nothing, got "tt1"',
      'links.csv:3: movieId: no such film, got "99"',
      'ratings.csv:3: this user rated this film in an earlier line, got "1,11"',
      'ratings.csv:4: movieId: no such film, got "99"',
      'ratings.csv:5: rating: expected a number from 0 to 5 with at most 2 decimals, got "six"',
      'ratings.csv:6: rating: expected a number from 0 to 5 with at most 2 decimals, got "6"',
      'ratings.csv:7: expected the 4 columns userId, movieId, rating, timestamp, got "3 columns"',
      'ratings.csv:8: timestamp: expected whole seconds since 1970, got "soon"',
    ]);
    expect(tally(stdout)).toMatchObject({ films: [7, 0, 3, 0, 4], links: [3, 0, 1, 0, 2], ratings: [8, 0, 2, 0, 6] });
    expect(stdout).toContain('2  ratings.csv: rating: expected a number from 0 to 5 with at most 2 decimals\n');
    expect((await readRatings(files.database)).map(({ score }) => score)).toEqual([400, 400]);
  });

  test('shows twenty refused rows and says how many more there are', async () => {
    const { stderr, stdout } = await importRows({ movies: Array.from({ length: 25 }, () => 'x,y,z') });
    expect(stderr.trim().split('\n')).toHaveLength(20);
    expect(stdout).toContain('5 more refused rows were not shown.');
  });

  test('reads CRLF, a byte order mark, and a last line without an end', async () => {
    const folder = writeMovieLens(files.folder, {});
    writeFileSync(
      join(folder, 'movies.csv'),
      '\uFEFFmovieId,title,genres\r\n11,"Moon, The (1973)",Drama\r\n12,Sun (1974),War',
    );
    writeFileSync(join(folder, 'ratings.csv'), '\uFEFFuserId,movieId,rating,timestamp\r\n1,12,4.5,1000000000\r\n');
    const { code } = await files.run('import-movielens', [folder]);
    expect(code).toBe(0);
    const movies = await readMovies(files.database);
    expect(movies.map((movie) => [movie.movie_lens_title, movie.genres])).toEqual([
      ['Moon, The (1973)', ['Drama']],
      ['Sun (1974)', ['War']],
    ]);
    expect(movies[1]?.rating_sum).toBe(450);
  });

  test('takes ratings in any order of people', async () => {
    const ratings = [11, 12, 13].flatMap((film) => Array.from({ length: 40 }, (_, i) => `${i + 1},${film},3.5,1`));
    const { code } = await importRows({ ...rows, ratings });
    expect(code).toBe(0);
    expect((await readMovies(files.database)).map((movie) => movie.rating_count)).toEqual([40, 40, 40]);
  });

  test.each([
    ['a folder that is not there', () => ['/nowhere'], /^\/nowhere\/movies\.csv: ENOENT[^\n]*\n$/],
    ['no folder', () => [], /^Expected one folder\. Usage: npm run import:movielens -- DIR [^\n]*\n$/],
    ['an unknown option', () => ['--fast', 'x'], /^Unknown option '--fast'\. Usage: [^\n]*\n$/],
  ])('does not run with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await files.run('import-movielens', args());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('does not run on files of something else', async () => {
    const folder = writeMovieLens(files.folder, rows);
    writeFileSync(join(folder, 'ratings.csv'), 'userId,movieId,tag,timestamp\n');
    const { code, stderr } = await files.run('import-movielens', [folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ratings\.csv: expected the header userId,movieId,rating,timestamp in the first line\n$/);
    expect(await readMovies(files.database)).toEqual([]);
  });
});

/** The numbers of the report: read, matched, added, unchanged, refused. */
function tally(stdout: string): Record<string, number[]> {
  const lines = [...stdout.matchAll(/^(films|links|ratings|users) +(\d[\d ]*)$/gm)];
  return Object.fromEntries(lines.map(([, kind = '', numbers = '']) => [kind, numbers.split(/ +/).map(Number)]));
}
