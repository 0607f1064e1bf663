// Plain resolvers + DataLoader for yoga and Apollo (Mercurius has its own loaders).
import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import { average, HttpError } from './data.mjs';

export const makeContext = (db) => (key) => {
  let users, movies, viewer;
  const ratings = new Map();
  return {
    db,
    get users() {
      return (users ??= new DataLoader(async (ids) => db.getUsers(ids)));
    },
    get movies() {
      return (movies ??= new DataLoader(async (ids) => db.getMovies(ids)));
    },
    ratings(n) {
      let l = ratings.get(n);
      if (!l) ratings.set(n, (l = new DataLoader(async (ids) => db.firstRatings(ids, n), { cache: false })));
      return l;
    },
    viewer() {
      return (viewer ??= Promise.resolve(key ? db.userByKey(key) : null));
    },
  };
};
const need = async (ctx) => {
  const u = await ctx.viewer();
  if (!u) throw new GraphQLError('Unauthorized', { extensions: { code: 'UNAUTHENTICATED' } });
  return u;
};
const wrap = async (p) => {
  try {
    return await p;
  } catch (e) {
    if (e instanceof HttpError) throw new GraphQLError(e.message, { extensions: { code: String(e.status) } });
    throw e;
  }
};
export const resolvers = {
  Query: {
    movies: async (_, { first, offset, filter }, { db }) => ({
      nodes: filter
        ? await db.searchMovies(filter, Math.min(first, 100))
        : await db.listMovies(Math.min(first, 100), offset),
    }),
    movie: (_, { id }, { db }) => db.getMovie(Number(id)),
    viewer: (_, __, ctx) => ctx.viewer(),
  },
  Mutation: {
    rateMovie: async (_, { movieId, rating, comment }, ctx) => {
      const u = await need(ctx);
      return wrap(ctx.db.upsertRating(u.id, Number(movieId), rating * 2, comment));
    },
    deleteRating: async (_, { movieId }, ctx) => {
      const u = await need(ctx);
      return wrap(ctx.db.removeRating(u.id, Number(movieId)));
    },
  },
  MovieConnection: { totalCount: (_, __, { db }) => db.countMovies() },
  Movie: {
    genres: (m) => m.genres.split('|'),
    averageRating: average,
    ratingCount: (m) => m.rating_count,
    ratings: async (m, { first }, ctx) => ({ nodes: await ctx.ratings(first).load(m.id) }),
  },
  Rating: {
    rating: (r) => r.score / 2,
    createdAt: (r) => new Date(r.created_at * 1000).toISOString(),
    user: (r, _, ctx) => ctx.users.load(r.user_id),
    movie: (r, _, ctx) => ctx.movies.load(r.movie_id),
  },
  User: { watchlist: async (u, { first }, { db }) => ({ nodes: await db.listWatch(u.id, first, 0) }) },
  WatchlistItem: { watched: (w) => w.watched === 1, movie: (w, _, ctx) => ctx.movies.load(w.movie_id) },
};
