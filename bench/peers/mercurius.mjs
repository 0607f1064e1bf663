// Mercurius 16 on Fastify 5, hand-tuned: JIT-compiled queries, batched loaders without key caches, response schemas on REST.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { open, average, restMovie, restRating, restWatch, page as pagination, num, HttpError } from './lib/data.mjs';
import { typeDefs } from './lib/schema.mjs';

const db = await open();
const app = Fastify({ logger: false, bodyLimit: 1 << 20 });
const need = async (ctx) => {
  const u = await ctx.viewer();
  if (!u) throw new mercurius.ErrorWithProps('Unauthorized', { code: 'UNAUTHENTICATED' });
  return u;
};
const distinct = async (queries, key, get) => {
  const at = new Map();
  for (const q of queries) at.set(q.obj[key], null);
  const ids = [...at.keys()];
  const rows = await get(ids);
  for (let i = 0; i < ids.length; i++) at.set(ids[i], rows[i]);
  return queries.map((q) => at.get(q.obj[key]));
};
const noCache = (loader) => ({ loader, opts: { cache: false } });
app.register(mercurius, {
  schema: typeDefs,
  jit: process.env.JIT === '0' ? 0 : 1,
  graphiql: false,
  context: (request) => {
    let v;
    return {
      viewer: () =>
        (v ??= Promise.resolve(request.headers['x-api-key'] ? db.userByKey(request.headers['x-api-key']) : null)),
    };
  },
  resolvers: {
    Query: {
      movies: async (_, { first, offset, filter }) => ({
        nodes: filter
          ? await db.searchMovies(filter, Math.min(first, 100))
          : await db.listMovies(Math.min(first, 100), offset),
      }),
      movie: (_, { id }) => db.getMovie(Number(id)),
      viewer: (_, __, ctx) => ctx.viewer(),
    },
    Mutation: {
      rateMovie: async (_, { movieId, rating, comment }, ctx) => {
        const u = await need(ctx);
        return db.upsertRating(u.id, Number(movieId), rating * 2, comment);
      },
      deleteRating: async (_, { movieId }, ctx) => {
        const u = await need(ctx);
        return db.removeRating(u.id, Number(movieId));
      },
    },
    MovieConnection: { totalCount: () => db.countMovies() },
    Movie: { genres: (m) => m.genres.split('|'), averageRating: average, ratingCount: (m) => m.rating_count },
    Rating: { rating: (r) => r.score / 2, createdAt: (r) => new Date(r.created_at * 1000).toISOString() },
    User: { watchlist: async (u, { first }) => ({ nodes: await db.listWatch(u.id, first, 0) }) },
    WatchlistItem: { watched: (w) => w.watched === 1 },
  },
  loaders: {
    Movie: {
      ratings: noCache(async (queries) =>
        (
          await db.firstRatings(
            queries.map((q) => q.obj.id),
            queries[0].params.first,
          )
        ).map((nodes) => ({ nodes })),
      ),
    },
    Rating: {
      user: noCache((queries) => distinct(queries, 'user_id', (ids) => db.getUsers(ids))),
      movie: noCache((queries) => distinct(queries, 'movie_id', (ids) => db.getMovies(ids))),
    },
    WatchlistItem: { movie: noCache((queries) => distinct(queries, 'movie_id', (ids) => db.getMovies(ids))) },
  },
});
// ---- REST with compiled serialisers
const n = { type: 'integer' },
  s = { type: 'string' };
const pag = { type: 'object', properties: { page: n, limit: n, total: n, totalPages: n } };
const list = (properties) => ({
  type: 'object',
  properties: { data: { type: 'array', items: { type: 'object', properties } }, pagination: pag },
});
const movie = { id: n, title: s, genre: s, duration: n, rating: { type: 'number', nullable: true } };
const rating = {
  id: n,
  movieId: n,
  userId: n,
  rating: { type: 'number' },
  comment: { type: 'string', nullable: true },
  createdAt: s,
};
const watch = { id: n, userId: n, movieId: n, watched: { type: 'boolean' }, createdAt: s, title: s };
const out = (schema) => ({ schema: { response: { 200: schema, 201: schema } } });
app.decorateRequest('userId', 0);
const auth = {
  preHandler: async (req, reply) => {
    const key = req.headers['x-api-key'],
      u = key ? await db.userByKey(key) : null;
    if (!u) {
      reply.code(401).send({ message: 'Unauthorized' });
      return reply;
    }
    req.userId = u.id;
  },
};
app.get('/movies', out(list(movie)), async (req) => {
  const p = num(req.query.page, 1),
    l = num(req.query.limit, 10);
  const [rows, total] = await Promise.all([db.listMovies(l, (p - 1) * l), db.countMovies()]);
  return { data: rows.map(restMovie), pagination: pagination(p, l, total) };
});
app.get('/movies/:id', out({ type: 'object', properties: movie }), async (req, reply) => {
  const r = await db.getMovie(num(req.params.id, 0));
  if (!r) throw new HttpError(404, 'Movie not found');
  return restMovie(r);
});
app.get('/movies/:id/ratings', out(list(rating)), async (req) => {
  const id = num(req.params.id, 0),
    p = num(req.query.page, 1),
    l = num(req.query.limit, 10);
  const [rows, total] = await Promise.all([db.listRatings(id, l, (p - 1) * l), db.countRatings(id)]);
  if (total === undefined) throw new HttpError(404, 'Movie not found');
  return { data: rows.map(restRating), pagination: pagination(p, l, total) };
});
app.get('/watchlist/:userId', { ...out(list(watch)), ...auth }, async (req) => {
  const u = num(req.params.userId, 0),
    p = num(req.query.page, 1),
    l = num(req.query.limit, 10);
  if (u !== req.userId) throw new HttpError(403, 'Forbidden');
  const [rows, total] = await Promise.all([db.listWatch(u, l, (p - 1) * l), db.countWatch(u)]);
  return { data: rows.map(restWatch), pagination: pagination(p, l, total) };
});
const bodyRating = (required) => ({
  body: {
    type: 'object',
    required,
    properties: {
      rating: { type: 'number', minimum: 0, maximum: 5 },
      comment: { type: 'string', nullable: true, maxLength: 500 },
    },
  },
});
const one = { type: 'object', properties: rating };
app.post(
  '/movies/:id/ratings',
  { ...auth, schema: { ...bodyRating(['rating']), response: { 201: one } } },
  async (req, reply) => {
    const id = num(req.params.id, 0),
      r = await db.createRating(req.userId, id, req.body.rating * 2, req.body.comment ?? null);
    reply.code(201).header('location', `/movies/${id}/ratings/${r.id}`);
    return restRating(r);
  },
);
app.patch('/movies/:id/ratings/:rid', { ...auth, schema: { ...bodyRating([]), response: { 200: one } } }, async (req) =>
  restRating(
    await db.updateRating(
      num(req.params.rid, 0),
      num(req.params.id, 0),
      req.userId,
      req.body.rating === undefined ? undefined : req.body.rating * 2,
      req.body.comment,
    ),
  ),
);
app.delete('/movies/:id/ratings/:rid', auth, async (req, reply) => {
  await db.deleteRating(num(req.params.rid, 0), num(req.params.id, 0), req.userId);
  reply.code(204).send();
});
app.setErrorHandler((err, req, reply) => {
  if (err instanceof HttpError) return reply.code(err.status).send({ error: err.message });
  if (err.validation) return reply.code(422).send({ error: err.message });
  console.error(err);
  reply.code(500).send({ error: 'Internal Server Error' });
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
