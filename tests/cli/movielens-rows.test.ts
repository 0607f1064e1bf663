import { describe, expect, test } from '@jest/globals';
import { splitFields } from '../../server/cli/movielens/csv.js';
import { RatedPairs } from '../../server/cli/movielens/rated-pairs.js';
import { parseLink, parseMovie, parseRating } from '../../server/cli/movielens/rows.js';
import { splitTitle, titleKey } from '../../server/cli/movielens/title.js';

describe('MovieLens titles', () => {
  test.each([
    ['Paper Moons (1973)', 'Paper Moons', 1973],
    ['Paper Moons (1973) ', 'Paper Moons', 1973],
    ['Moon, The (La lune) (1973)', 'Moon, The (La lune)', 1973],
    ['Moon: Part 2(1973)', 'Moon: Part 2', 1973],
    ['1984 (1956)', '1984', 1956],
    ['(500) Moons (2009)', '(500) Moons', 2009],
    ['Paper Moons', 'Paper Moons', null],
    ['Paper Moons (2006–2007)', 'Paper Moons (2006–2007)', null],
    ['Paper Moons (1973) again', 'Paper Moons (1973) again', null],
    ['(1973)', '(1973)', null],
  ])('%j is the title %j of %j', (fullTitle, title, year) => {
    expect(splitTitle(fullTitle)).toEqual({ title, year });
  });

  test.each([
    ['Matrix, The', 'The Matrix'],
    ['Beautiful Lie, A', 'A beautiful lie'],
    ['Honest Man, An', 'An  Honest Man'],
    ['Amélie', 'Amelie'],
  ])('%j and %j are one title', (one, other) => {
    expect(titleKey(one)).toBe(titleKey(other));
  });

  test.each([
    ['The Matrix', 'Matrix'],
    ['Theatre, Thea', 'Thea Theatre'],
  ])('%j and %j are two titles', (one, other) => {
    expect(titleKey(one)).not.toBe(titleKey(other));
  });
});

describe('CSV rows', () => {
  test.each([
    ['1,a,b', ['1', 'a', 'b']],
    ['1,"Moon, The ""Big"" One (1973)",b', ['1', 'Moon, The "Big" One (1973)', 'b']],
    ['1,"a",', ['1', 'a', '']],
    ['', ['']],
  ])('%j splits into %j', (line, fields) => {
    expect(splitFields(line)).toEqual(fields);
  });

  test.each([
    ['1,"never closed,b', /in quotes to be closed/],
    ['1,a "b" c,d', /in quotes to be closed/],
    ['1,"a"b,c', /in quotes to be closed/],
    ['1,\uFFFD,c', /UTF-8/],
    ['x'.repeat(10_001), /at most 10000 characters/],
  ])('%.30j is refused', (line, reason) => {
    expect(() => splitFields(line)).toThrow(reason);
  });
});

describe('MovieLens rows', () => {
  test('a film keeps its full title as the file has it, and each genre once', () => {
    expect(parseMovie(['7', 'Paper Moons (1973) ', 'Drama|War|Drama'])).toEqual({
      movieLensId: 7,
      names: { title: 'Paper Moons', year: 1973, director: null, fullTitle: 'Paper Moons (1973) ' },
      genres: ['Drama', 'War'],
    });
  });

  test('a film may have no genres', () => {
    expect(parseMovie(['7', 'Paper Moons', '(no genres listed)']).genres).toEqual([]);
  });

  test.each([
    [['9', '0114709', '862'], { movieLensId: 9, imdbId: 'tt0114709', tmdbId: '862' }],
    [['9', '14709', ''], { movieLensId: 9, imdbId: 'tt0014709', tmdbId: null }],
    [['9', '', '1'], { movieLensId: 9, imdbId: null, tmdbId: '1' }],
  ])('the link %j is %j', (fields, link) => {
    expect(parseLink(fields)).toEqual(link);
  });

  test('a rating is in hundredths and milliseconds', () => {
    expect(parseRating(['1', '2', '4.5', '964982703'])).toEqual({
      userId: 1,
      movieLensId: 2,
      score: 450,
      ratedAt: 964_982_703_000,
    });
  });

  test.each([
    [['1', '2', '4.5'], /4 columns userId, movieId, rating, timestamp, got "3 columns"/],
    [['0', '2', '4.5', '1'], /userId: .*, got "0"/],
    [['1', '2x', '4.5', '1'], /movieId: .*, got "2x"/],
    [['1', '2147483648', '4.5', '1'], /movieId: /],
    [['1', '2', '', '1'], /rating: expected a number from 0 to 5/],
    [['1', '2', '5.5', '1'], /rating: /],
    [['1', '2', '-1', '1'], /rating: /],
    [['1', '2', '4.555', '1'], /rating: /],
    [['1', '2', '4e0', '1'], /rating: /],
    [['1', '2', '4.5', 'yesterday'], /timestamp: /],
    [['1', '2', '4.5', '-1'], /timestamp: /],
  ])('the rating %j is refused', (fields, reason) => {
    expect(() => parseRating(fields)).toThrow(reason);
  });

  test.each([
    [['1', ' ', 'Drama'], /title: expected some text/],
    [['1', 'x'.repeat(601), 'Drama'], /title: expected at most 500 characters/],
    [['1', '\uFDFA'.repeat(100), 'Drama'], /title: expected at most 500 characters/],
    [['1', 'x', 'y'.repeat(101)], /genres: /],
    [['1', 'x'], /3 columns movieId, title, genres/],
  ])('the film %.40j is refused', (fields, reason) => {
    expect(() => parseMovie(fields)).toThrow(reason);
  });

  test('what a refusal shows of a row is one harmless line', () => {
    expect(() => parseRating(['\u001b[2J\n', '2', '4', '1'])).toThrow(/got "\\u001b\[2J\\n"$/);
  });

  test('a repetition is found within a batch, and across batches for the person at hand', () => {
    const pairs = new RatedPairs();
    expect([pairs.add(1, 7), pairs.add(2, 7), pairs.add(1, 7)]).toEqual([true, true, false]);
    pairs.endBatch();
    expect([pairs.add(2, 7), pairs.add(2, 8)]).toEqual([false, true]);
  });
});
