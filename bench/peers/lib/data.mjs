// Data layer shared by every own-written peer, so that they differ only in their HTTP/GraphQL framework.
//   DB=sqlite:/path/file.sqlite | mysql://user:pw@host:port/db
//   AGG=stored (default: movies.rating_count / rating_sum kept by the writing transaction) | live (AVG/COUNT at read time)
//   TOTAL=cached (default: the number of movies is read once; the API cannot change it) | live (COUNT(*) per request)
//   SEEK=offset (default: LIMIT/OFFSET) | anchor (all ids in an Int32Array; page n is a range seek, O(limit) at any depth)
//   DRIVER=mysql2 (default) | mariadb (one pipelined connection);  EXCLUSIVE=1: SQLite locking_mode=EXCLUSIVE
// Functions return plain values on SQLite and promises on MySQL; callers await.
const AGG = process.env.AGG ?? 'stored',
  TOTAL = process.env.TOTAL ?? 'cached',
  SEEK = process.env.SEEK ?? 'offset';
export const stats = { sql: 0 };
const iso = (s) => new Date(s * 1000).toISOString();

const COLS = 'id, title, year, genre, genres, duration, rating_count, rating_sum';
const COLS_LIVE = `m.id, m.title, m.year, m.genre, m.genres, m.duration, (SELECT COUNT(*) FROM ratings r WHERE r.movie_id = m.id) rating_count, (SELECT SUM(score) FROM ratings r WHERE r.movie_id = m.id) rating_sum`;
const cols = AGG === 'live' ? COLS_LIVE : COLS;
const S = {
  list:
    AGG === 'live'
      ? `SELECT ${cols} FROM (SELECT * FROM movies ORDER BY id LIMIT ? OFFSET ?) m ORDER BY m.id`
      : `SELECT ${cols} FROM movies ORDER BY id LIMIT ? OFFSET ?`,
  seek:
    AGG === 'live'
      ? `SELECT ${cols} FROM (SELECT * FROM movies WHERE id >= ? ORDER BY id LIMIT ?) m ORDER BY m.id`
      : `SELECT ${cols} FROM movies WHERE id >= ? ORDER BY id LIMIT ?`,
  one: `SELECT ${cols} FROM movies m WHERE m.id = ?`,
  total: 'SELECT COUNT(*) n FROM movies',
  ratings:
    'SELECT id, movie_id, user_id, score, comment, created_at FROM ratings WHERE movie_id = ? ORDER BY id LIMIT ? OFFSET ?',
  ratingsTotal:
    AGG === 'live'
      ? 'SELECT COUNT(*) n FROM ratings WHERE movie_id = ?'
      : 'SELECT rating_count n FROM movies WHERE id = ?',
  exists: 'SELECT 1 n FROM movies WHERE id = ?',
  user: 'SELECT id, name FROM users WHERE id = ?',
  byKey: 'SELECT id, name FROM users WHERE api_key = ?',
  watch:
    'SELECT w.id, w.user_id, w.movie_id, w.watched, w.created_at, m.title FROM watchlist_items w JOIN movies m ON m.id = w.movie_id WHERE w.user_id = ? ORDER BY w.id LIMIT ? OFFSET ?',
  watchTotal: 'SELECT COUNT(*) n FROM watchlist_items WHERE user_id = ?',
  rating: 'SELECT id, movie_id, user_id, score, comment, created_at FROM ratings WHERE id = ? AND movie_id = ?',
  ratingOf: 'SELECT id, movie_id, user_id, score, comment, created_at FROM ratings WHERE user_id = ? AND movie_id = ?',
  ins: 'INSERT INTO ratings(user_id, movie_id, score, comment, created_at) VALUES(?,?,?,?,?)',
  upd: 'UPDATE ratings SET score = ?, comment = ? WHERE id = ?',
  del: 'DELETE FROM ratings WHERE id = ?',
  agg: 'UPDATE movies SET rating_count = rating_count + ?, rating_sum = rating_sum + ? WHERE id = ?',
};
const search = (f) => {
  const w = [],
    a = [];
  if (f.title) {
    w.push('m.title LIKE ?');
    a.push('%' + f.title.replace(/[\\%_]/g, '\\$&') + '%');
  }
  if (f.genre) {
    w.push("CONCAT('|', m.genres, '|') LIKE ?");
    a.push('%|' + f.genre + '|%');
  }
  if (f.year != null) {
    w.push('m.year = ?');
    a.push(f.year);
  }
  return [`SELECT ${cols} FROM movies m WHERE ${w.join(' AND ') || '1=1'} ORDER BY m.id LIMIT ?`, a];
};

export const restMovie = (r) => ({
  id: r.id,
  title: r.title,
  genre: r.genre,
  duration: r.duration,
  rating: r.rating_count > 0 ? r.rating_sum / 2 / r.rating_count : null,
});
export const restRating = (r) => ({
  id: r.id,
  movieId: r.movie_id,
  userId: r.user_id,
  rating: r.score / 2,
  comment: r.comment,
  createdAt: iso(r.created_at),
});
export const restWatch = (r) => ({
  id: r.id,
  userId: r.user_id,
  movieId: r.movie_id,
  watched: r.watched === 1,
  createdAt: iso(r.created_at),
  title: r.title,
});
export const average = (r) => (r.rating_count > 0 ? r.rating_sum / 2 / r.rating_count : null);
export const page = (page, limit, total) => ({ page, limit, total, totalPages: Math.ceil(total / limit) });
export const num = (s, d) => {
  const n = parseInt(s, 10);
  return n > 0 ? n : d;
};
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function open(url = process.env.DB) {
  return url.startsWith('sqlite:') ? openSqlite(url.slice(7)) : openMysql(url);
}

async function openSqlite(file) {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file);
  if (process.env.EXCLUSIVE) db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('mmap_size = 8589934592');
  db.pragma('cache_size = -65536');
  const q = {};
  for (const k in S) q[k] = db.prepare(S[k]);
  const one = (k, ...a) => {
    stats.sql++;
    return q[k].get(...a);
  };
  const all = (k, ...a) => {
    stats.sql++;
    return q[k].all(...a);
  };
  const run = (k, ...a) => {
    stats.sql++;
    return q[k].run(...a);
  };
  const begin = db.prepare('BEGIN IMMEDIATE'),
    commit = db.prepare('COMMIT'),
    rollback = db.prepare('ROLLBACK');
  const tx = (fn) => {
    begin.run();
    try {
      const r = fn();
      commit.run();
      return r;
    } catch (e) {
      rollback.run();
      throw e;
    }
  };
  let total;
  const anchors =
    SEEK === 'anchor' ? Int32Array.from(db.prepare('SELECT id FROM movies ORDER BY id').pluck().all()) : null;
  const searches = new Map();
  const three = db.prepare(
    'SELECT id, movie_id, user_id, score, comment, created_at FROM ratings WHERE movie_id = ? ORDER BY id LIMIT ?',
  );
  return {
    sync: true,
    listMovies: (limit, offset) =>
      anchors ? (offset < anchors.length ? all('seek', anchors[offset], limit) : []) : all('list', limit, offset),
    countMovies: () => (TOTAL === 'cached' ? (total ??= one('total').n) : one('total').n),
    searchMovies: (f, limit) => {
      const [sql, a] = search(f);
      let s = searches.get(sql);
      if (!s) searches.set(sql, (s = db.prepare(sql)));
      stats.sql++;
      return s.all(...a, limit);
    },
    getMovie: (id) => one('one', id),
    getMovies: (ids) => ids.map((id) => one('one', id)),
    listRatings: (id, limit, offset) => all('ratings', id, limit, offset),
    countRatings: (id) => one('ratingsTotal', id)?.n,
    movieExists: (id) => one('exists', id) !== undefined,
    firstRatings: (ids, n) =>
      ids.map((id) => {
        stats.sql++;
        return three.all(id, n);
      }),
    getUsers: (ids) => ids.map((id) => one('user', id)),
    userByKey: (key) => one('byKey', key),
    listWatch: (u, limit, offset) => all('watch', u, limit, offset),
    countWatch: (u) => one('watchTotal', u).n,
    ratingOf: (u, m) => one('ratingOf', u, m),
    createRating(u, m, score, comment) {
      const now = Math.floor(Date.now() / 1000);
      return tx(() => {
        if (AGG === 'live' && !one('exists', m)) throw new HttpError(404, 'Movie not found');
        let r;
        try {
          r = run('ins', u, m, score, comment, now);
        } catch (e) {
          if (e.code === 'SQLITE_CONSTRAINT_UNIQUE') throw new HttpError(409, 'Movie already rated by user');
          throw e;
        }
        if (AGG === 'stored' && run('agg', 1, score, m).changes === 0) throw new HttpError(404, 'Movie not found');
        return { id: Number(r.lastInsertRowid), movie_id: m, user_id: u, score, comment, created_at: now };
      });
    },
    updateRating(id, m, u, score, comment) {
      return tx(() => {
        const r = one('rating', id, m);
        if (!r) throw new HttpError(404, 'Rating not found');
        if (r.user_id !== u) throw new HttpError(403, 'Forbidden');
        const next = { ...r, score: score ?? r.score, comment: comment === undefined ? r.comment : comment };
        run('upd', next.score, next.comment, id);
        if (AGG === 'stored' && next.score !== r.score) run('agg', 0, next.score - r.score, m);
        return next;
      });
    },
    deleteRating(id, m, u) {
      return tx(() => {
        const r = one('rating', id, m);
        if (!r) throw new HttpError(404, 'Rating not found');
        if (r.user_id !== u) throw new HttpError(403, 'Forbidden');
        run('del', id);
        if (AGG === 'stored') run('agg', -1, -r.score, m);
        return true;
      });
    },
    upsertRating(u, m, score, comment) {
      const r = one('ratingOf', u, m);
      return r ? this.updateRating(r.id, m, u, score, comment) : this.createRating(u, m, score, comment ?? null);
    },
    removeRating(u, m) {
      const r = one('ratingOf', u, m);
      return r ? this.deleteRating(r.id, m, u) : false;
    },
    close: () => db.close(),
  };
}

async function openMysql(url) {
  const u = new URL(url);
  const cfg = {
    host: u.hostname,
    port: Number(u.port),
    user: u.username,
    password: u.password,
    database: u.pathname.slice(1),
  };
  let exec, connection;
  if (process.env.DRIVER === 'mariadb') {
    const mariadb = (await import('mariadb')).default;
    const c = await mariadb.createConnection({
      ...cfg,
      pipelining: true,
      prepareCacheLength: 512,
      insertIdAsNumber: true,
      checkNumberRange: false,
    });
    exec = (sql, a) => c.execute(sql, a);
    const wr = mariadb.createPool({ ...cfg, connectionLimit: 10, prepareCacheLength: 512, insertIdAsNumber: true });
    connection = async (fn) => {
      const k = await wr.getConnection();
      try {
        return await fn((sql, a) => k.execute(sql, a), {
          begin: () => k.beginTransaction(),
          commit: () => k.commit(),
          rollback: () => k.rollback(),
        });
      } finally {
        k.release();
      }
    };
  } else {
    const mysql = (await import('mysql2')).default;
    const pool = mysql.createPool({
      ...cfg,
      connectionLimit: Number(process.env.POOL ?? 10),
      maxPreparedStatements: 512,
    });
    exec = (sql, a) => new Promise((res, rej) => pool.execute(sql, a, (e, rows) => (e ? rej(e) : res(rows))));
    connection = async (fn) => {
      const k = await new Promise((res, rej) => pool.getConnection((e, c) => (e ? rej(e) : res(c))));
      const p = (m, ...a) => new Promise((res, rej) => k[m](...a, (e, rows) => (e ? rej(e) : res(rows))));
      try {
        return await fn((sql, a) => p('execute', sql, a), {
          begin: () => p('query', 'START TRANSACTION'),
          commit: () => p('query', 'COMMIT'),
          rollback: () => p('query', 'ROLLBACK'),
        });
      } finally {
        k.release();
      }
    };
  }
  const all = (sql, a) => {
    stats.sql++;
    return exec(sql, a);
  };
  const one = async (sql, a) => (await all(sql, a))[0];
  const tx = (fn) =>
    connection(async (ex, t) => {
      stats.sql += 2;
      await t.begin();
      try {
        const r = await fn((sql, a) => {
          stats.sql++;
          return ex(sql, a);
        });
        await t.commit();
        return r;
      } catch (e) {
        await t.rollback();
        throw e;
      }
    });
  const num = (r) => {
    if (r && typeof r.rating_sum === 'string') r.rating_sum = Number(r.rating_sum);
    return r;
  };
  const nums =
    AGG === 'live'
      ? (rows) => {
          rows.forEach(num);
          return rows;
        }
      : (rows) => rows;
  let total;
  const anchors =
    SEEK === 'anchor' ? Int32Array.from(await exec('SELECT id FROM movies ORDER BY id', []), (r) => r.id) : null;
  // prepared IN lists in sizes 1,2,4,..: pad with the last id so that a few statements serve every batch
  const ins = new Map();
  const inList = (head, ids) => {
    let n = 1;
    while (n < ids.length) n *= 2;
    const key = head + n;
    let sql = ins.get(key);
    if (!sql) ins.set(key, (sql = `${head} IN (${Array(n).fill('?').join(',')})`));
    const a = ids.slice();
    while (a.length < n) a.push(ids[ids.length - 1]);
    return all(sql, a);
  };
  const unions = new Map();
  const i = String; // LIMIT parameters travel as text so that both MySQL 8 and MariaDB take them
  return {
    sync: false,
    listMovies: (limit, offset) =>
      (anchors
        ? offset < anchors.length
          ? all(S.seek, [anchors[offset], i(limit)])
          : []
        : all(S.list, [i(limit), i(offset)])
      ).then?.(nums) ?? [],
    countMovies: async () =>
      TOTAL === 'cached' ? (total ??= Number((await one(S.total, [])).n)) : Number((await one(S.total, [])).n),
    searchMovies: (f, limit) => {
      const [sql, a] = search(f);
      return all(sql, [...a, i(limit)]).then(nums);
    },
    getMovie: (id) => one(S.one, [id]).then(num),
    getMovies: async (ids) => {
      const by = new Map();
      for (const r of nums(await inList(`SELECT ${cols} FROM movies m WHERE m.id`, ids))) by.set(r.id, r);
      return ids.map((x) => by.get(x));
    },
    listRatings: (id, limit, offset) => all(S.ratings, [id, i(limit), i(offset)]),
    countRatings: async (id) => {
      const n = (await one(S.ratingsTotal, [id]))?.n;
      return n === undefined ? n : Number(n);
    },
    movieExists: async (id) => (await one(S.exists, [id])) !== undefined,
    firstRatings: async (ids, n) => {
      let size = 1;
      while (size < ids.length) size *= 2;
      if (ids.length > 16 && ids.length <= 20) size = 20;
      const key = size;
      let sql = unions.get(key);
      if (!sql)
        unions.set(
          key,
          (sql = Array(size)
            .fill(
              '(SELECT id, movie_id, user_id, score, comment, created_at FROM ratings WHERE movie_id = ? ORDER BY id LIMIT ?)',
            )
            .join(' UNION ALL ')),
        );
      const a = [];
      for (let k = 0; k < size; k++) a.push(k < ids.length ? ids[k] : -1, i(n));
      const by = new Map(ids.map((x) => [x, []]));
      for (const r of await all(sql, a)) by.get(r.movie_id).push(r);
      return ids.map((x) => by.get(x));
    },
    getUsers: async (ids) => {
      const by = new Map();
      for (const r of await inList('SELECT id, name FROM users WHERE id', ids)) by.set(r.id, r);
      return ids.map((x) => by.get(x));
    },
    userByKey: (key) => one(S.byKey, [key]),
    listWatch: (uid, limit, offset) => all(S.watch, [uid, i(limit), i(offset)]),
    countWatch: async (uid) => Number((await one(S.watchTotal, [uid])).n),
    ratingOf: (uid, m) => one(S.ratingOf, [uid, m]),
    createRating: (uid, m, score, comment) =>
      tx(async (ex) => {
        const now = Math.floor(Date.now() / 1000);
        if (AGG === 'live' && !(await ex(S.exists, [m]))[0]) throw new HttpError(404, 'Movie not found');
        let r;
        try {
          r = await ex(S.ins, [uid, m, score, comment, now]);
        } catch (e) {
          if (e.code === 'ER_DUP_ENTRY') throw new HttpError(409, 'Movie already rated by user');
          throw e;
        }
        if (AGG === 'stored' && (await ex(S.agg, [1, score, m])).affectedRows === 0)
          throw new HttpError(404, 'Movie not found');
        return { id: Number(r.insertId), movie_id: m, user_id: uid, score, comment, created_at: now };
      }),
    updateRating: (id, m, uid, score, comment) =>
      tx(async (ex) => {
        const r = (await ex(S.rating + ' FOR UPDATE', [id, m]))[0];
        if (!r) throw new HttpError(404, 'Rating not found');
        if (r.user_id !== uid) throw new HttpError(403, 'Forbidden');
        const next = { ...r, score: score ?? r.score, comment: comment === undefined ? r.comment : comment };
        await ex(S.upd, [next.score, next.comment, id]);
        if (AGG === 'stored' && next.score !== r.score) await ex(S.agg, [0, next.score - r.score, m]);
        return next;
      }),
    deleteRating: (id, m, uid) =>
      tx(async (ex) => {
        const r = (await ex(S.rating + ' FOR UPDATE', [id, m]))[0];
        if (!r) throw new HttpError(404, 'Rating not found');
        if (r.user_id !== uid) throw new HttpError(403, 'Forbidden');
        await ex(S.del, [id]);
        if (AGG === 'stored') await ex(S.agg, [-1, -r.score, m]);
        return true;
      }),
    async upsertRating(uid, m, score, comment) {
      const r = await one(S.ratingOf, [uid, m]);
      return r ? this.updateRating(r.id, m, uid, score, comment) : this.createRating(uid, m, score, comment ?? null);
    },
    async removeRating(uid, m) {
      const r = await one(S.ratingOf, [uid, m]);
      return r ? this.deleteRating(r.id, m, uid) : false;
    },
    close: () => {},
  };
}
