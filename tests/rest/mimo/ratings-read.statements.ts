import type { Statement } from '../../support/conformance.js';
import { firstRating, refused, secondRating } from './wording.js';

const invalidMovie = { status: 400, body: refused('Invalid movie id') } as const;
const invalidRating = { status: 400, body: refused('Invalid rating id') } as const;
const noMovie = { status: 404, body: refused('Movie not found') } as const;
const noRating = { status: 404, body: refused('Rating not found') } as const;

/** `GET /movies/:movieId/ratings` and `GET /movies/:movieId/ratings/:ratingId`. */
export const ratingReadStatements: readonly Statement[] = [
  {
    id: 'MIMO-100',
    level: 'MUST',
    source: '1.3',
    says: 'lists the ratings of a film by id, without a key',
    request: { path: '/movies/1/ratings' },
    expect: {
      status: 200,
      body: { data: [firstRating, secondRating], pagination: { page: 1, limit: 10, total: 2, totalPages: 1 } },
    },
  },
  {
    id: 'MIMO-101',
    level: 'MUST',
    source: '1.3',
    says: 'pages ratings as films',
    request: { path: '/movies/1/ratings?page=2&limit=1' },
    expect: { status: 200, body: { data: [secondRating], pagination: { page: 2, limit: 1, total: 2, totalPages: 2 } } },
  },
  {
    id: 'MIMO-102',
    level: 'MUST',
    source: '1.3, M12',
    says: 'shows a rating without a comment with a null one',
    request: { path: '/movies/4/ratings' },
    expect: {
      status: 200,
      body: {
        data: [{ ...firstRating, id: 3, movieId: 4, rating: 4, comment: null }],
        pagination: { page: 1, limit: 10, total: 1, totalPages: 1 },
      },
    },
  },
  {
    id: 'MIMO-103',
    level: 'MUST',
    source: '1.3, 1 Common',
    says: 'answers an unrated film with no data and no pages',
    request: { path: '/movies/8/ratings' },
    expect: { status: 200, body: { data: [], pagination: { page: 1, limit: 10, total: 0, totalPages: 0 } } },
  },
  {
    id: 'MIMO-104',
    level: 'MUST',
    source: '1.3, 1 Common',
    says: 'answers a page of ratings out of range with no data',
    request: { path: '/movies/1/ratings?page=9' },
    expect: { status: 200, body: { data: [], pagination: { page: 9, limit: 10, total: 2, totalPages: 1 } } },
  },
  {
    id: 'MIMO-105',
    level: 'MUST',
    source: '1.3',
    says: 'answers 404 for the ratings of a film that is not there',
    request: { path: '/movies/999/ratings' },
    expect: noMovie,
  },
  {
    id: 'MIMO-106',
    level: 'MUST',
    source: 'M9',
    says: 'answers 400 for the ratings of what is no film id',
    request: { path: '/movies/abc/ratings' },
    expect: invalidMovie,
  },
  {
    id: 'MIMO-107',
    level: 'MUST',
    source: 'M9',
    says: 'answers 404 for the ratings of an id beyond every integer type',
    request: { path: '/movies/99999999999999999999/ratings' },
    expect: noMovie,
  },
  {
    id: 'MIMO-110',
    level: 'MUST',
    source: '1.4, M8',
    says: 'shows one rating without a key',
    request: { path: '/movies/1/ratings/1' },
    expect: { status: 200, body: firstRating },
  },
  {
    id: 'MIMO-111',
    level: 'MUST',
    source: '1.4',
    says: 'answers 404 to a rating that is not there',
    request: { path: '/movies/1/ratings/999' },
    expect: noRating,
  },
  {
    id: 'MIMO-112',
    level: 'MUST',
    source: '1.4',
    says: 'answers 404 to a rating of another film',
    request: { path: '/movies/2/ratings/1' },
    expect: noRating,
  },
  {
    id: 'MIMO-113',
    level: 'MUST',
    source: '1.4',
    says: 'answers 404 about the rating when the film is not there',
    request: { path: '/movies/999/ratings/1' },
    expect: noRating,
  },
  {
    id: 'MIMO-114',
    level: 'MUST',
    source: 'M9',
    says: 'answers 400 to what is no rating id',
    request: { path: '/movies/1/ratings/abc' },
    expect: invalidRating,
  },
  {
    id: 'MIMO-115',
    level: 'MUST',
    source: 'M10',
    says: 'answers 400 to a rating id that only begins with digits',
    request: { path: '/movies/1/ratings/1abc' },
    expect: invalidRating,
  },
  {
    id: 'MIMO-116',
    level: 'SHOULD',
    source: 'M9',
    says: 'names the film id first when both are wrong',
    request: { path: '/movies/abc/ratings/abc' },
    expect: invalidMovie,
  },
  {
    id: 'MIMO-117',
    level: 'MUST',
    source: 'M9',
    says: 'answers 404 to a rating id beyond every integer type',
    request: { path: '/movies/1/ratings/99999999999999999999' },
    expect: noRating,
  },
  {
    id: 'MIMO-118',
    level: 'MUST',
    source: 'M9',
    says: 'answers 404 to rating id 0',
    request: { path: '/movies/1/ratings/0' },
    expect: noRating,
  },
];
