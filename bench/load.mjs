#!/usr/bin/env node
// load.mjs - fills our database by our own migrations and importer, gives people keys and watchlists, and fills the peers'
// tables from it, so that every target has the same rows under the same ids.
//   node load.mjs --data DIR --name small                       db/filmgraph-small.sqlite, db/small.sqlite, db/small/meta.json
//   BENCH_MYSQL=mysql://user:password@host:port node load.mjs --data DIR --name small --mysql
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { apiKey, BENCH_USERS, READERS, watchlistOf } from './lib/world.mjs';

const { values: o } = parseArgs({
  options: { data: { type: 'string' }, name: { type: 'string' }, mysql: { type: 'boolean' } },
});
const engine = o.mysql ? 'mysql' : 'sqlite';
const name = o.name;
const db = (file) => path.join(import.meta.dirname, 'db', file);
fs.mkdirSync(db(name), { recursive: true });
const metaFile = db(`${name}/meta.json`);
const ours = engine === 'mysql' ? `${process.env.BENCH_MYSQL}/filmgraph_${name}` : db(`filmgraph-${name}.sqlite`);
const peers = engine === 'mysql' ? `peers_${name}` : db(`${name}.sqlite`);
const require = createRequire(new URL('./package.json', import.meta.url));
const sha = (s) => crypto.createHash('sha256').update(s).digest('hex');
if (engine === 'sqlite') for (const end of ['', '-wal', '-shm']) fs.rmSync(ours + end, { force: true });
else {
  const server = await require('mysql2/promise').createConnection(process.env.BENCH_MYSQL);
  await server.query(`drop database if exists filmgraph_${name}`);
  await server.query(`create database filmgraph_${name} character set utf8mb4 collate utf8mb4_bin`);
  await server.end();
}
for (const command of [['migrate.js'], ['import-movielens.js', path.resolve(o.data)]]) {
  const url = engine === 'sqlite' ? `sqlite:${ours}` : ours;
  const options = {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'inherit',
  };
  const { status } = spawnSync(
    process.execPath,
    [path.join('dist/server/cli', command[0]), ...command.slice(1)],
    options,
  );
  // 2: some rows were refused, and all others imported.
  if (status !== 0 && status !== 2) process.exit(status ?? 1);
}
let all, insert, exec, end;
if (engine === 'sqlite') {
  const file = new DatabaseSync(ours);
  file.exec('pragma foreign_keys=off');
  all = async (q) => file.prepare(q).all();
  exec = async (q) => file.exec(q);
  insert = async (t, cols, rows) => {
    const s = file.prepare(`insert into ${t} (${cols}) values (${cols.split(',').map(() => '?')})`);
    file.exec('begin');
    for (const r of rows) s.run(...r);
    file.exec('commit');
  };
  end = async () => file.close();
} else {
  const mysql = require('mysql2/promise');
  const u = new URL(ours);
  const c = await mysql.createConnection({
    host: u.hostname,
    port: +u.port,
    user: u.username,
    password: u.password,
    database: u.pathname.slice(1),
    multipleStatements: true,
  });
  all = async (q) => (await c.query(q))[0];
  exec = async (q) => {
    await c.query(q);
  };
  insert = async (t, cols, rows) => {
    for (let i = 0; i < rows.length; i += 2000)
      await c.query(`insert into ${t} (${cols}) values ?`, [rows.slice(i, i + 2000)]);
  };
  end = () => c.end();
}
await exec('update movies set duration_minutes = 80 + (id * 7919) % 81');
const users = await all('select id from users order by id');
const maxUser = users.at(-1).id;
await insert(
  'users',
  'id,name,created_at',
  Array.from({ length: BENCH_USERS }, (_, i) => [maxUser + 1 + i, `bench ${i}`, 0]),
);
const keyed = [
  ...users.slice(0, READERS).map((u) => u.id),
  ...Array.from({ length: BENCH_USERS }, (_, i) => maxUser + 1 + i),
];
await insert(
  'api_keys',
  'user_id,name,prefix,hash,created_at',
  keyed.map((u) => [u, 'bench', 'api_', sha(apiKey(u)), 0]),
);
const movies = await all('select id, rating_count from movies order by id');
const ids = movies.map((m) => m.id);
await insert(
  'watchlist_items',
  'user_id,movie_id,watched,created_at',
  users.slice(0, READERS).flatMap((u) => watchlistOf(u.id, ids).map((w) => [u.id, w.movieId, w.watched, w.at * 1000])),
);
const genres = `coalesce((select group_concat(g.name ${engine === 'sqlite' ? ", '|' order by mg.position" : "order by mg.position separator '|'"}) from movie_genres mg join genres g on g.id = mg.genre_id where mg.movie_id = m.id), 'Unknown')`;
const P = engine === 'sqlite' ? 'peers' : peers;
if (engine === 'sqlite') {
  fs.rmSync(peers, { force: true });
  await exec(`attach '${peers}' as peers`);
} else await exec(`drop database if exists ${P}; create database ${P} character set utf8mb4`);
const pk = engine === 'sqlite' ? 'integer primary key autoincrement' : 'int primary key auto_increment',
  text = engine === 'sqlite' ? () => 'text' : (n) => `varchar(${n})`;
for (const q of [
  `create table ${P}.movies(id ${engine === 'sqlite' ? 'integer' : 'int'} primary key, title ${text(500)} not null, year integer, genre ${text(100)} not null, genres ${text(400)} not null, duration integer, rating_count integer not null default 0, rating_sum integer not null default 0)`,
  `create table ${P}.users(id ${engine === 'sqlite' ? 'integer' : 'int'} primary key, name ${text(190)} not null, api_key ${engine === 'sqlite' ? 'text' : 'char(68) character set ascii collate ascii_bin'} not null)`,
  `create table ${P}.ratings(id ${pk}, user_id integer not null, movie_id integer not null, score integer not null, comment ${text(500)}, created_at integer not null)`,
  `create table ${P}.watchlist_items(id ${pk}, user_id integer not null, movie_id integer not null, watched integer not null, created_at integer not null)`,
  `insert into ${P}.movies select m.id, m.title, m.year, coalesce((select name from genres where id = m.primary_genre_id), 'Unknown'), ${genres}, m.duration_minutes, m.rating_count, m.rating_sum / 50 from movies m`,
  `insert into ${P}.ratings select id, user_id, movie_id, score / 50, comment, created_at / 1000 from ratings`,
  `insert into ${P}.watchlist_items select id, user_id, movie_id, watched, created_at / 1000 from watchlist_items`,
])
  await exec(q);
const names = await all('select id, name from users');
await insert(
  `${P}.users`,
  'id,name,api_key',
  names.map((u) => [u.id, u.name, apiKey(u.id)]),
);
const on =
  engine === 'sqlite'
    ? (n, u, t, c) => `create ${u} index ${P}.${n} on ${t}(${c})`
    : (n, u, t, c) => `create ${u} index ${n} on ${P}.${t}(${c})`;
for (const q of [
  on('ux_rum', 'unique', 'ratings', 'user_id, movie_id'),
  on('ix_rm', '', 'ratings', 'movie_id'),
  on('ux_key', 'unique', 'users', 'api_key'),
  on('ux_w', 'unique', 'watchlist_items', 'user_id, movie_id'),
])
  await exec(q);
if (engine === 'sqlite') await exec('analyze');
else
  await exec(
    `analyze table ${P}.movies, ${P}.ratings, ${P}.users, ${P}.watchlist_items, movies, ratings, users, watchlist_items`,
  );
const popular = movies
  .map((m) => [m.id, m.rating_count])
  .sort((a, b) => b[1] - a[1] || a[0] - b[0])
  .slice(0, 2000);
const [{ n }] = await all('select count(*) as n from ratings');
fs.writeFileSync(
  metaFile,
  JSON.stringify({
    dataset: name,
    movies: movies.length,
    users: maxUser,
    ratings: Number(n),
    benchFirst: maxUser + 1,
    benchUsers: BENCH_USERS,
    popular,
    ids: ids.filter((_, i) => i % Math.ceil(ids.length / 5000) === 0),
  }),
);
await end();
