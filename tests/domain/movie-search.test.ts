import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { MovieRepository } from '../../server/domain/movies/movie.repository.js';
import type { MovieFilter } from '../../server/domain/movies/movie.types.js';
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
    films = Array.from({ length: 400 }, (_, index) => ({ id: index + 1, texts: makeTexts(index) }));
    await database.sql
      .insertInto('movies')
      .values(films.map(({ id, texts }) => ({ id, ...texts, created_at: 0 })))
      .execute();
    await database.sql.insertInto('catalog_counts').values({ name: 'movies', value: films.length }).execute();
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  async function expectExactly(filter: MovieFilter): Promise<void> {
    const ids = films.filter(({ texts }) => matches(texts, filter)).map(({ id }) => id);
    const page = await movies.list(filter, { first: 1000, order: { field: 'ID', direction: 'asc' } });
    expect({ filter, ids: page.rows.map(({ id }) => id) }).toEqual({ filter, ids });
    expect(await movies.count(filter)).toBe(ids.length);
  }

  test('finds exactly what comparing every title finds', async () => {
    let found = 0;
    for (let round = 0; round < 400; round++) {
      const filter = makeFilter(round);
      await expectExactly(filter);
      found += await movies.count(filter);
    }
    // Or the questions were of no use.
    expect(found).toBeGreaterThan(1000);
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
  });

  test('pages through what it finds in any order, each film once', async () => {
    const filter = { text: 'to' };
    const all = films.filter(({ texts }) => matches(texts, filter));
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
      films = films.map((film) => (film.id === 7 ? { ...film, texts: { ...film.texts, ...change } } : film));
      await expectExactly({ text: 'quagga' });
      await expectExactly({ text: '1883)' });
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
    });

    test('with what a transaction takes back', async () => {
      const work = database.transaction(async ({ sql }) => {
        await sql
          .insertInto('movies')
          .values({ id: 999, title: 'Quagga', ...change, created_at: 0 })
          .execute();
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      await expectExactly({ text: 'quagga' });
    });

    test('with films that were there before it', async () => {
      await database.orm.migrator.down({ to: '20261122000000-films-ratings-watchlists' });
      await migrate(database);
      await expectExactly({ text: 'toy' });
      await expectExactly({ title: 'ab' });
    });
  });
});

/** Every fourth full title is spelled in another way than the title, as an imported one may be. */
function makeTexts(index: number): Film['texts'] {
  const names = { title: makeText(8) || 'x', year: index % 3 === 0 ? null : 1990 + (index % 10), director: null };
  return movieTexts(index % 4 === 0 ? { ...names, fullTitle: `${makeText(8)} (1995) ` } : names);
}

function makeFilter(round: number): MovieFilter {
  const text = makeText(3);
  return [{ text }, { title: text }, { fullTitle: text }, { text, title: makeText(2) }][round % 4] ?? {};
}

function makeText(longest: number): string {
  return Array.from({ length: 1 + random(longest) }, () => pieces[random(pieces.length)]).join('');
}

function matches({ search_text, sort_title }: Film['texts'], { text, title, fullTitle }: MovieFilter): boolean {
  const words = foldText(text ?? '').split(' ');
  return (
    words.every((word) => search_text.includes(word)) &&
    sort_title.includes(foldText(title ?? '')) &&
    search_text.includes(foldText(fullTitle ?? ''))
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
