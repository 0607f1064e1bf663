// MIMO-compatible REST routes on Express 5 (used by the Apollo peer).
import { restMovie, restRating, restWatch, page as pagination, num, HttpError } from './data.mjs';
export function mountRest(app, express, db) {
  const auth = async (req, res, next) => {
    const key = req.get('x-api-key');
    const u = key ? await db.userByKey(key) : null;
    if (!u) return res.status(401).json({ message: 'Unauthorized' });
    req.userId = u.id;
    next();
  };
  const body = express.json();
  app.get('/movies', async (req, res) => {
    const p = num(req.query.page, 1),
      l = num(req.query.limit, 10);
    const [rows, total] = db.sync
      ? [db.listMovies(l, (p - 1) * l), db.countMovies()]
      : await Promise.all([db.listMovies(l, (p - 1) * l), db.countMovies()]);
    res.json({ data: rows.map(restMovie), pagination: pagination(p, l, total) });
  });
  app.get('/movies/:id', async (req, res) => {
    const r = await db.getMovie(num(req.params.id, 0));
    if (!r) return res.status(404).json({ error: 'Movie not found' });
    res.json(restMovie(r));
  });
  app.get('/movies/:id/ratings', async (req, res) => {
    const id = num(req.params.id, 0),
      p = num(req.query.page, 1),
      l = num(req.query.limit, 10);
    const [rows, total] = await Promise.all([db.listRatings(id, l, (p - 1) * l), db.countRatings(id)]);
    if (total === undefined) return res.status(404).json({ error: 'Movie not found' });
    res.json({ data: rows.map(restRating), pagination: pagination(p, l, total) });
  });
  app.get('/watchlist/:userId', auth, async (req, res) => {
    const u = num(req.params.userId, 0),
      p = num(req.query.page, 1),
      l = num(req.query.limit, 10);
    if (u !== req.userId) return res.status(403).json({ error: 'Forbidden' });
    const [rows, total] = await Promise.all([db.listWatch(u, l, (p - 1) * l), db.countWatch(u)]);
    res.json({ data: rows.map(restWatch), pagination: pagination(p, l, total) });
  });
  const valid = (r) => typeof r === 'number' && r >= 0 && r <= 5;
  app.post('/movies/:id/ratings', auth, body, async (req, res) => {
    if (!valid(req.body?.rating)) return res.status(422).json({ error: 'rating must be 0..5' });
    const id = num(req.params.id, 0),
      r = await db.createRating(req.userId, id, req.body.rating * 2, req.body.comment ?? null);
    res.status(201).location(`/movies/${id}/ratings/${r.id}`).json(restRating(r));
  });
  app.patch('/movies/:id/ratings/:rid', auth, body, async (req, res) => {
    if (req.body?.rating !== undefined && !valid(req.body.rating))
      return res.status(422).json({ error: 'rating must be 0..5' });
    res.json(
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
  });
  app.delete('/movies/:id/ratings/:rid', auth, async (req, res) => {
    await db.deleteRating(num(req.params.rid, 0), num(req.params.id, 0), req.userId);
    res.status(204).end();
  });
  return (err, req, res, next) => {
    if (res.headersSent) return next(err);
    if (err instanceof HttpError) return res.status(err.status).json({ error: err.message });
    console.error(err);
    res.status(500).json({ error: 'Internal Server Error' });
  };
}
