// LIMIT: the least a Node server can do for the same bytes. node:http, prepared statements written per route, JSON.stringify.
//   REST routes as everywhere; POST /graphql looks the query text up in a Map (no GraphQL engine at all);
//   /static answers stored bytes (no SQL); /select1 runs SELECT 1.
// Run with SEEK=anchor TOTAL=cached AGG=stored; EXCLUSIVE=1 on SQLite, DRIVER=mariadb (one pipelined connection) on MySQL.
import http from 'node:http';
import { open, restMovie, restRating, restWatch, average, page as pagination, HttpError } from './lib/data.mjs';
import { QUERIES } from './lib/queries.mjs';

const url = process.env.DB,
  sqlite = url.startsWith('sqlite:');
const db = await open(url);
const total = await db.countMovies();
const W = `SELECT u.id uid, u.name uname, w.id, w.user_id, w.movie_id, w.watched, w.created_at, m.title, (SELECT COUNT(*) FROM watchlist_items x WHERE x.user_id = u.id) total
  FROM users u LEFT JOIN watchlist_items w ON w.user_id = u.id LEFT JOIN movies m ON m.id = w.movie_id WHERE u.api_key = ? ORDER BY w.id LIMIT ? OFFSET ?`;
const R =
  'SELECT r.id, r.movie_id, r.user_id, r.score, r.comment, r.created_at, (SELECT m.rating_count FROM movies m WHERE m.id = r.movie_id) rating_count FROM ratings r WHERE r.movie_id = ? ORDER BY r.id LIMIT ? OFFSET ?';
const F =
  'SELECT r.movie_id, r.id, r.score, u.id uid, u.name FROM ratings r JOIN users u ON u.id = r.user_id WHERE r.movie_id = ? ORDER BY r.id LIMIT ?';
const LIST = 'SELECT id, title, rating_count, rating_sum FROM movies WHERE id >= ? ORDER BY id LIMIT ?';
let watch, ratings, first, anchors, list, write, one;
if (sqlite) {
  const { default: Database } = await import('better-sqlite3');
  db.close(); // one connection may hold the exclusive lock: reopen raw
  const raw = new Database(url.slice(7));
  raw.pragma('locking_mode = EXCLUSIVE');
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.pragma('mmap_size = 8589934592');
  raw.pragma('cache_size = -65536');
  const w = raw.prepare(W),
    r = raw.prepare(R),
    f = raw.prepare(F),
    l = raw.prepare(LIST),
    m = raw.prepare(
      'SELECT id, title, year, genre, genres, duration, rating_count, rating_sum FROM movies WHERE id = ?',
    );
  const full = raw.prepare(
    'SELECT id, title, genre, duration, rating_count, rating_sum FROM movies WHERE id >= ? ORDER BY id LIMIT ?',
  );
  anchors = Int32Array.from(raw.prepare('SELECT id FROM movies ORDER BY id').pluck().all());
  const s1 = raw.prepare('SELECT 1').raw();
  const key = raw.prepare('SELECT id FROM users WHERE api_key = ?').pluck();
  const ins = raw.prepare('INSERT INTO ratings(user_id, movie_id, score, comment, created_at) VALUES(?,?,?,?,?)'),
    agg = raw.prepare('UPDATE movies SET rating_count = rating_count + ?, rating_sum = rating_sum + ? WHERE id = ?');
  const get = raw.prepare('SELECT * FROM ratings WHERE id = ? AND movie_id = ?'),
    of = raw.prepare('SELECT * FROM ratings WHERE user_id = ? AND movie_id = ?'),
    upd = raw.prepare('UPDATE ratings SET score = ?, comment = ? WHERE id = ?'),
    del = raw.prepare('DELETE FROM ratings WHERE id = ?');
  const begin = raw.prepare('BEGIN IMMEDIATE'),
    commit = raw.prepare('COMMIT'),
    rollback = raw.prepare('ROLLBACK');
  const tx = (fn) => {
    begin.run();
    try {
      const x = fn();
      commit.run();
      return x;
    } catch (e) {
      rollback.run();
      throw e;
    }
  };
  const searches = new Map();
  const P = {
    select1: () => s1.get(),
    movies: (l1, off) => (off < anchors.length ? full.all(anchors[off], l1) : []),
    list: (l1, off) => l.all(anchors[off], l1),
    movie: (id) => m.get(id),
    ratings: (id, l1, off) => r.all(id, l1, off),
    watch: (k, l1, off) => w.all(k, l1, off),
    first: (ids, n) => ids.map((id) => f.all(id, n)),
    viewer: (k) => key.get(k),
    search: (sql, a) => {
      let s = searches.get(sql);
      if (!s) searches.set(sql, (s = raw.prepare(sql)));
      return s.all(...a);
    },
    create: (u, mv, sc, c) =>
      tx(() => {
        const now = Math.floor(Date.now() / 1000);
        let x;
        try {
          x = ins.run(u, mv, sc, c, now);
        } catch (e) {
          throw e.code === 'SQLITE_CONSTRAINT_UNIQUE' ? new HttpError(409, 'Movie already rated by user') : e;
        }
        if (!agg.run(1, sc, mv).changes) throw new HttpError(404, 'Movie not found');
        return { id: x.lastInsertRowid, movie_id: mv, user_id: u, score: sc, comment: c, created_at: now };
      }),
    update: (u, mv, id, sc, c) =>
      tx(() => {
        const x = id === null ? of.get(u, mv) : get.get(id, mv);
        if (!x) throw new HttpError(404, 'Rating not found');
        if (x.user_id !== u) throw new HttpError(403, 'Forbidden');
        upd.run(sc, c ?? x.comment, x.id);
        agg.run(0, sc - x.score, mv);
        x.score = sc;
        return x;
      }),
    remove: (u, mv, id) =>
      tx(() => {
        const x = id === null ? of.get(u, mv) : get.get(id, mv);
        if (!x) throw new HttpError(404, 'Rating not found');
        if (x.user_id !== u) throw new HttpError(403, 'Forbidden');
        del.run(x.id);
        agg.run(-1, -x.score, mv);
        return x;
      }),
    ratingOf: (u, mv) => of.get(u, mv),
  };
  one = P;
} else {
  const mariadb = (await import('mariadb')).default;
  const u = new URL(url);
  const cfg = {
    host: u.hostname,
    port: Number(u.port),
    user: u.username,
    password: u.password,
    database: u.pathname.slice(1),
    prepareCacheLength: 512,
    insertIdAsNumber: true,
    bigIntAsNumber: true,
  };
  const c = await mariadb.createConnection({ ...cfg, pipelining: true }),
    pool = mariadb.createPool({ ...cfg, connectionLimit: 10, multipleStatements: true });
  anchors = Int32Array.from(await c.query('SELECT id FROM movies ORDER BY id'), (x) => x.id);
  const x = (sql, ...a) => c.execute(sql, a);
  const lim = String;
  const unions = new Map();
  const dup = async (p) => {
    const k = await pool.getConnection();
    try {
      return await p(k);
    } catch (e) {
      await k.rollback();
      throw e.code === 'ER_DUP_ENTRY' ? new HttpError(409, 'Movie already rated by user') : e;
    } finally {
      k.release();
    }
  };
  one = {
    select1: () => x('SELECT 1'),
    movies: (l1, off) =>
      off < anchors.length
        ? x(
            'SELECT id, title, genre, duration, rating_count, rating_sum FROM movies WHERE id >= ? ORDER BY id LIMIT ?',
            anchors[off],
            lim(l1),
          )
        : [],
    list: (l1, off) => x(LIST, anchors[off], lim(l1)),
    movie: async (id) =>
      (
        await x(
          'SELECT id, title, year, genre, genres, duration, rating_count, rating_sum FROM movies WHERE id = ?',
          id,
        )
      )[0],
    ratings: (id, l1, off) => x(R, id, lim(l1), lim(off)),
    watch: (k, l1, off) => x(W, k, lim(l1), lim(off)),
    first: async (ids, n) => {
      let sql = unions.get(ids.length);
      if (!sql) unions.set(ids.length, (sql = Array(ids.length).fill(`(${F})`).join(' UNION ALL ')));
      const by = new Map(ids.map((i) => [i, []]));
      for (const r of await x(sql, ...ids.flatMap((i) => [i, lim(n)]))) by.get(r.movie_id).push(r);
      return ids.map((i) => by.get(i));
    },
    viewer: async (k) => (await x('SELECT id FROM users WHERE api_key = ?', k))[0]?.id,
    search: (sql, a) => x(sql, ...a),
    create: (uid, mv, sc, cm) =>
      dup(async (k) => {
        const now = Math.floor(Date.now() / 1000);
        const r = await k.query(
          `START TRANSACTION; INSERT INTO ratings(user_id, movie_id, score, comment, created_at) VALUES(${uid | 0},${mv | 0},${sc | 0},${k.escape(cm)},${now}); UPDATE movies SET rating_count = rating_count + 1, rating_sum = rating_sum + ${sc | 0} WHERE id = ${mv | 0}; COMMIT`,
        );
        return { id: r[1].insertId, movie_id: mv, user_id: uid, score: sc, comment: cm, created_at: now };
      }),
    // one statement keeps row and aggregate together: multi-table UPDATE, and the aggregate first on delete
    update: async (uid, mv, id, sc, cm) => {
      const r = (
        await (id === null
          ? x('SELECT * FROM ratings WHERE user_id = ? AND movie_id = ?', uid, mv)
          : x('SELECT * FROM ratings WHERE id = ? AND movie_id = ?', id, mv))
      )[0];
      if (!r) throw new HttpError(404, 'Rating not found');
      if (r.user_id !== uid) throw new HttpError(403, 'Forbidden');
      await pool.execute(
        'UPDATE movies m JOIN ratings r ON r.movie_id = m.id SET m.rating_sum = m.rating_sum + ? - r.score, r.score = ?, r.comment = ? WHERE r.id = ?',
        [sc, sc, cm ?? r.comment, r.id],
      );
      r.score = sc;
      return r;
    },
    remove: async (uid, mv, id) => {
      const r = (
        await (id === null
          ? x('SELECT * FROM ratings WHERE user_id = ? AND movie_id = ?', uid, mv)
          : x('SELECT * FROM ratings WHERE id = ? AND movie_id = ?', id, mv))
      )[0];
      if (!r) throw new HttpError(404, 'Rating not found');
      if (r.user_id !== uid) throw new HttpError(403, 'Forbidden');
      await dup((k) =>
        k.query(
          `START TRANSACTION; UPDATE movies m JOIN ratings r ON r.movie_id = m.id SET m.rating_sum = m.rating_sum - r.score, m.rating_count = m.rating_count - 1 WHERE r.id = ${r.id}; DELETE FROM ratings WHERE id = ${r.id}; COMMIT`,
        ),
      );
      return r;
    },
    ratingOf: async (uid, mv) => (await x('SELECT * FROM ratings WHERE user_id = ? AND movie_id = ?', uid, mv))[0],
  };
}
const P = one;
const then = (v, fn) => (v instanceof Promise ? v.then(fn) : fn(v)); // stay synchronous on SQLite
const both = (a, b, fn) =>
  a instanceof Promise || b instanceof Promise ? Promise.all([a, b]).then(([x, y]) => fn(x, y)) : fn(a, b);
const sid = (n) => String(n);
const searchSql = (f) => {
  const w = [],
    a = [];
  if (f.title) {
    w.push('title LIKE ?');
    a.push('%' + f.title + '%');
  }
  if (f.genre) {
    w.push("CONCAT('|', genres, '|') LIKE ?");
    a.push('%|' + f.genre + '|%');
  }
  if (f.year != null) {
    w.push('year = ?');
    a.push(f.year);
  }
  a.push('20');
  return [
    `SELECT id, title, year, genres, rating_count, rating_sum FROM movies WHERE ${w.join(' AND ')} ORDER BY id LIMIT ?`,
    a,
  ];
};
const rate = (v, k) =>
  then(P.viewer(k), (u) => {
    if (u === undefined) throw new HttpError(401, 'Unauthorized');
    return then(P.ratingOf(u, +v.m), (old) =>
      then(old ? P.update(u, +v.m, old.id, v.r * 2) : P.create(u, +v.m, v.r * 2, null), (r) => ({
        data: { rateMovie: { id: sid(r.id), rating: r.score / 2 } },
      })),
    );
  });
const G = new Map([
  [
    QUERIES.G1,
    () =>
      then(P.list(20, 0), (rows) => ({
        data: {
          movies: {
            nodes: rows.map((m) => ({
              id: sid(m.id),
              title: m.title,
              averageRating: average(m),
              ratingCount: m.rating_count,
            })),
          },
        },
      })),
  ],
  [
    QUERIES.G2,
    () =>
      both(P.list(20, 0), P.first(Array.from(anchors.subarray(0, 20)), 3), (rows, rs) => ({
        data: {
          movies: {
            nodes: rows.map((m, i) => ({
              id: sid(m.id),
              title: m.title,
              averageRating: average(m),
              ratings: {
                nodes: rs[i].map((r) => ({
                  id: sid(r.id),
                  rating: r.score / 2,
                  user: { id: sid(r.uid), name: r.name },
                })),
              },
            })),
          },
        },
      })),
  ],
  [
    QUERIES.G3,
    (v, k) =>
      both(P.movie(+v.id), P.watch(k, 10, 0), (m, w) => ({
        data: {
          movie: m
            ? {
                id: sid(m.id),
                title: m.title,
                year: m.year,
                genres: m.genres.split('|'),
                averageRating: average(m),
                ratingCount: m.rating_count,
              }
            : null,
          viewer: w.length
            ? {
                id: sid(w[0].uid),
                name: w[0].uname,
                watchlist: {
                  nodes:
                    w[0].id === null
                      ? []
                      : w.map((x) => ({
                          id: sid(x.id),
                          watched: x.watched === 1,
                          movie: { id: sid(x.movie_id), title: x.title },
                        })),
                },
              }
            : null,
        },
      })),
  ],
  [
    QUERIES.G4,
    (v) => {
      const [sql, a] = searchSql(v.f);
      return then(P.search(sql, a), (rows) => ({
        data: {
          movies: {
            nodes: rows.map((m) => ({
              id: sid(m.id),
              title: m.title,
              year: m.year,
              genres: m.genres.split('|'),
              averageRating: average(m),
            })),
          },
        },
      }));
    },
  ],
  [QUERIES.RATE, rate],
  [
    QUERIES.UNRATE,
    (v, k) => then(P.viewer(k), (u) => then(P.remove(u, +v.m, null), () => ({ data: { deleteRating: true } }))),
  ],
]);
const send = (res, status, value) => {
  const s = JSON.stringify(value);
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(s) });
  res.end(s);
};
const fail = (res, e) => send(res, e.status ?? 500, { error: e.status ? e.message : String(e.stack ?? e) });
const arg = (u, name, d) => {
  const i = u.indexOf(name + '=');
  if (i < 0) return d;
  const n = parseInt(u.slice(i + name.length + 1), 10);
  return n > 0 ? n : d;
};
const bodyOf = (req, fn) => {
  let b = '';
  req.setEncoding('utf8');
  req.on('data', (d) => {
    b += d;
  });
  req.on('end', () => fn(b));
};
const staticBytes = Buffer.from(
  JSON.stringify(
    await then(P.movies(20, 0), (rows) => ({ data: rows.map(restMovie), pagination: pagination(1, 20, total) })),
  ),
);
const staticHead = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': staticBytes.length };
http
  .createServer((req, res) => {
    try {
      const u = req.url;
      if (u === '/graphql')
        return bodyOf(req, (b) => {
          try {
            const { query, variables } = JSON.parse(b),
              h = G.get(query);
            if (!h) return send(res, 400, { errors: [{ message: 'unknown query' }] });
            const r = h(variables, req.headers['x-api-key']);
            if (r instanceof Promise)
              r.then(
                (v) => send(res, 200, v),
                (e) => fail(res, e),
              );
            else send(res, 200, r);
          } catch (e) {
            fail(res, e);
          }
        });
      if (u === '/static') {
        res.writeHead(200, staticHead);
        return res.end(staticBytes);
      }
      if (u === '/select1')
        return void then(P.select1(), () => {
          res.writeHead(200, staticHead);
          res.end(staticBytes);
        });
      const reply = (v) => {
        if (v instanceof Promise)
          v.then(
            (x) => send(res, 200, x),
            (e) => fail(res, e),
          );
        else send(res, 200, v);
      };
      if (req.method === 'GET') {
        const p = arg(u, 'page', 1),
          l = arg(u, 'limit', 10);
        if (u.startsWith('/movies?') || u === '/movies')
          return reply(
            then(P.movies(l, (p - 1) * l), (rows) => ({
              data: rows.map(restMovie),
              pagination: pagination(p, l, total),
            })),
          );
        if (u.startsWith('/watchlist/')) {
          const id = parseInt(u.slice(11), 10);
          return reply(
            then(P.watch(req.headers['x-api-key'] ?? '', l, (p - 1) * l), (rows) => {
              if (!rows.length) throw new HttpError(401, 'Unauthorized');
              if (rows[0].uid !== id) throw new HttpError(403, 'Forbidden');
              return {
                data: rows[0].id === null ? [] : rows.map(restWatch),
                pagination: pagination(p, l, rows[0].total),
              };
            }),
          );
        }
        const id = parseInt(u.slice(8), 10);
        if (u.includes('/ratings'))
          return reply(
            then(P.ratings(id, l, (p - 1) * l), (rows) =>
              rows.length
                ? { data: rows.map(restRating), pagination: pagination(p, l, rows[0].rating_count) }
                : then(P.movie(id), (m) => {
                    if (!m) throw new HttpError(404, 'Movie not found');
                    return { data: [], pagination: pagination(p, l, m.rating_count) };
                  }),
            ),
          );
        return reply(
          then(P.movie(id), (m) => {
            if (!m) throw new HttpError(404, 'Movie not found');
            return restMovie(m);
          }),
        );
      }
      const [, , m, , rid] = u.split('/');
      const go = (body) =>
        then(P.viewer(req.headers['x-api-key'] ?? ''), (uid) => {
          if (uid === undefined) throw new HttpError(401, 'Unauthorized');
          if (req.method === 'POST')
            return then(P.create(uid, +m, body.rating * 2, body.comment ?? null), (r) => send(res, 201, restRating(r)));
          if (req.method === 'PATCH')
            return then(P.update(uid, +m, +rid, body.rating * 2, body.comment), (r) => send(res, 200, restRating(r)));
          return then(P.remove(uid, +m, +rid), () => {
            res.writeHead(204);
            res.end();
          });
        });
      const run = (b) => {
        try {
          const r = go(b ? JSON.parse(b) : {});
          if (r instanceof Promise) r.catch((e) => fail(res, e));
        } catch (e) {
          fail(res, e);
        }
      };
      if (req.method === 'DELETE') run('');
      else bodyOf(req, run);
    } catch (e) {
      fail(res, e);
    }
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
