import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { MovieRepository } from '../../server/domain/movies/movie.repository.js';
import type { MovieFilter } from '../../server/domain/movies/movie.types.js';
import { indexLetters } from '../../server/domain/movies/movie-letter.repository.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { foldText } from '../../server/domain/text.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

/** Few different pieces, so that made-up titles and questions meet often. */
const pieces = [
  'to',
  'oy',
  'toy',
  'a',
  'b',
  'ab',
  '%',
  '_',
  '!',
  '"',
  "'",
  '\\',
  'É',
  'ñ',
  '中文',
  '😀',
  'ß',
  'ﬁ',
  'ı',
  '-',
  '*',
  '+',
  '(',
  ')',
  '19',
  '95',
  ' ',
  ' ',
  ' ',
  'NOT',
  'and',
  'x',
];
const random = createRandom(20_261_122);

interface Film {
  readonly id: number;
  readonly year: number | null;
  readonly texts: ReturnType<typeof movieTexts>;
}

describeOnEveryEngine('searching titles', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let movies: MovieRepository;
  let films: Film[];

  beforeAll(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config);
    await migrate(database);
    movies = new MovieRepository(database);
    films = Array.from({ length: 400 }, (_, index) => ({
      id: index + 1,
      year: yearOf(index),
      texts: makeTexts(index),
    }));
    await database.sql
      .insertInto('movies')
      .values(
        films.map(({ texts, ...film }) => ({
          ...film,
          ...texts,
          created_at: 0,
          movie_lens_id: toMovieLensId(film.id),
        })),
      )
      .execute();
    await indexLetters(
      database.sql,
      films.map(({ id }) => id),
    );
    const known = films.filter(({ id }) => toMovieLensId(id) !== null).length;
    await database.sql
      .insertInto('catalog_counts')
      .values([
        { name: 'movies', value: films.length },
        { name: 'movieLensMovies', value: known },
      ])
      .execute();
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  async function expectExactly(filter: MovieFilter): Promise<void> {
    const ids = films.filter((film) => matches(film, filter)).map(({ id }) => id);
    const page = await movies.list(filter, { first: 1000, order: { field: 'ID', direction: 'asc' } });
    expect({ filter, ids: page.rows.map(({ id }) => id) }).toEqual({ filter, ids });
    expect(await movies.count(filter)).toBe(ids.length);
    const known = ids.filter((id) => toMovieLensId(id) !== null);
    for (const order of ['movieLensId', 'relevance'] as const) {
      const { rows, total } = await movies.listMovieLens(filter, { offset: 0, limit: 1000, order });
      const found = rows.map(({ id }) => id).toSorted((a, b) => a - b);
      expect({ filter, order, ids: found, total }).toEqual({ filter, order, ids: known, total: known.length });
    }
  }

  test('finds exactly what comparing every title finds', async () => {
    let found = 0;
    for (let round = 0; round < 200; round++) {
      const filter = makeFilter(round);
      await expectExactly(filter);
      found += await movies.count(filter);
    }
    // Or the questions were of no use.
    expect(found).toBeGreaterThan(500);
  });

  test.each([
    't',
    'to',
    'oy',
    'toy',
    'oy)',
    '中',
    '中文',
    '😀',
    'é',
    'É',
    'a b',
    'a x %',
    'z',
    '(',
    '~',
    '"',
    '\\',
    '%',
    '!_',
    '*',
    'toy*',
    '+toy -a',
    'NOT x',
    'a'.repeat(700),
    '\0',
    '\ud800',
  ])('finds exactly %j', async (text) => {
    await expectExactly({ text });
    await expectExactly({ title: text });
    await expectExactly({ fullTitle: text });
    await expectExactly({ director: text });
    await expectExactly({ text, director: 'o' });
    await expectExactly({ title: text, year: 1995 });
  });

  test('pages through what it finds in any order, each film once', async () => {
    const filter = { text: 'to' };
    const all = films.filter((film) => matches(film, filter));
    const order = { field: 'TITLE', direction: 'desc' } as const;
    const whole = await movies.list(filter, { first: 1000, order });
    expect(whole.rows).toHaveLength(all.length);
    const titles = whole.rows.map(({ sortTitle }) => Buffer.from(sortTitle));
    expect(titles.toSorted((a, b) => Buffer.compare(b, a))).toEqual(titles);
  });

  describe('keeps in step', () => {
    const change = { sort_title: 'quagga', search_text: 'quagga (1883)' };

    test('with a title that is changed', async () => {
      await database.sql.updateTable('movies').set(change).where('id', '=', 7).execute();
      await indexLetters(database.sql, [7]);
      films = films.map((film) => (film.id === 7 ? { ...film, texts: { ...film.texts, ...change } } : film));
      await expectExactly({ text: 'quagga' });
      await expectExactly({ text: '1883)' });
      await expectExactly({ text: 'q' });
      await expectExactly({ text: 'toy' });
    });

    test('with a film that is changed in other ways', async () => {
      await database.sql.updateTable('movies').set({ rating_count: 3 }).where('id', '=', 7).execute();
      await expectExactly({ title: 'quag' });
    });

    test('with a film that is gone', async () => {
      await database.sql.deleteFrom('movies').where('id', 'in', [7, 8]).execute();
      films = films.filter(({ id }) => id !== 7 && id !== 8);
      await expectExactly({ text: 'quagga' });
      await expectExactly({ text: 'to' });
      await expectExactly({ text: 't' });
    });

    test('with what a transaction takes back', async () => {
      const work = database.transaction(async ({ sql }) => {
        await sql
          .insertInto('movies')
          .values({ id: 999, title: 'Quagga', ...change, created_at: 0 })
          .execute();
        await indexLetters(sql, [999]);
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      await expectExactly({ text: 'quagga' });
      await expectExactly({ text: 'q' });
    });

    test('with films that were there before it', async () => {
      await database.orm.migrator.down({ to: '20261122000000-films-ratings-watchlists' });
      await migrate(database);
      await expectExactly({ text: 'toy' });
      await expectExactly({ title: 'ab' });
      await expectExactly({ title: 'a' });
      await expectExactly({ text: '%' });
      await expectExactly({ director: 'o' });
      await expectExactly({ director: 'oy' });
    });
  });
});

/** Every fourth full title is spelled in another way than the title, as an imported one may be. */
function makeTexts(index: number): Film['texts'] {
  const director = index % 5 === 0 ? null : makeText(4);
  const names = { title: makeText(8) || 'x', year: yearOf(index), director };
  return movieTexts(index % 4 === 0 ? { ...names, fullTitle: `${makeText(8)} (1995) ` } : names);
}

function yearOf(index: number): number | null {
  return index % 3 === 0 ? null : 1990 + (index % 10);
}

/** Some films are not in MovieLens. */
function toMovieLensId(id: number): number | null {
  return id % 7 === 0 ? null : id;
}

function makeFilter(round: number): MovieFilter {
  const text = makeText(3);
  const filters = [{ text }, { title: text }, { fullTitle: text }, { director: text }, { text, title: makeText(2) }];
  return filters[round % filters.length] ?? {};
}

function makeText(longest: number): string {
  return Array.from({ length: 1 + random(longest) }, () => pieces[random(pieces.length)]).join('');
}

function matches({ year, texts }: Film, { text, title, fullTitle, director, year: wantedYear }: MovieFilter): boolean {
  const words = foldText(text ?? '').split(' ');
  return (
    words.every((word) => texts.search_text.includes(word)) &&
    texts.sort_title.includes(foldText(title ?? '')) &&
    texts.search_text.includes(foldText(fullTitle ?? '')) &&
    (!director || (texts.director_key ?? '').includes(foldText(director))) &&
    (wantedYear == null || year === wantedYear)
  );
}

/** The same numbers in every run: what fails once fails again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
