import { MovieImportRepository } from '../../../server/cli/movielens/movie-import.repository.js';
import { parseMovie } from '../../../server/cli/movielens/rows.js';
import type { Database } from '../../../server/database/database.js';
import type { TokenVerifier, VerifiedToken } from '../../../server/identity/token-verifier.js';
import type { Engine } from '../../support/engines.js';
import { createMovie } from '../../support/factories.js';
import { startServer, type TestServer, type TestServerOptions } from '../../support/server.js';

/** Made-up and well-known films, as `movies.csv` has them; not in the order of their ids. */
const lines: readonly (readonly [id: string, title: string, genres: string])[] = [
  ['19', 'Toy, The (1982)', 'Comedy'],
  ['2', 'Jumanji (1995)', 'Adventure|Children|Fantasy'],
  ['1', 'Toy Story (1995)', 'Adventure|Animation|Children|Comedy|Fantasy'],
  ['5', 'Blank Space (1999) ', 'Comedy'],
  ['7', 'Long Watch, The (2006–2007)', 'Drama'],
  ['9', 'Nameless', '(no genres listed)'],
  ['11', '"Quoted" Life (a.k.a. Other Life, An) (2003)', 'Drama'],
  ['13', 'Été à l’Île (1988)', 'Romance|Film-Noir'],
  ['15', '100% Wolf_Cub (2020)', 'Animation|Children'],
  ['17', 'Story of the Toy (1999)', 'Drama'],
  ['21', 'Returned, The (2004)', 'Horror'],
];

const tokens: Readonly<Record<string, VerifiedToken>> = {
  person: {
    kind: 'person',
    issuer: 'test',
    subject: 'ada',
    scopes: new Set(['openid']),
    name: 'Ada',
    email: undefined,
  },
  service: { kind: 'service', issuer: 'test', clientId: 'a-client', scopes: new Set(['movies:read']) },
};

/** Knows the tokens `person` and `service`. */
export const tokenVerifier: TokenVerifier = { verify: (token) => Promise.resolve(tokens[token]) };

/** A server with these films, one that MovieLens has under another title, and one that it does not have. */
export async function startMovieLens(engine: Engine, options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startServer(engine, { demo: false, tokenVerifier, ...options });
  await storeFilms(server.app.database);
  return server;
}

async function storeFilms(database: Database): Promise<void> {
  await createMovie(database, { title: 'Toy Box', year: 1995 });
  await createMovie(database, { title: 'The Returned', year: 2004 });
  const films = await MovieImportRepository.open(database);
  await films.store(lines.map((line) => parseMovie(line)));
}

/** The ids of all films that the dialect has, in its order. */
export const allIds = [1, 2, 5, 7, 9, 11, 13, 15, 17, 19, 21];

/** A film as the dialect shows it. */
export function film(id: number) {
  const [, title = '', genres = ''] = lines.find(([known]) => Number(known) === id) ?? [];
  const year = /\((\d{4})\) ?$/.exec(title)?.[1];
  return {
    id,
    movie_id: id,
    title,
    year: year === undefined ? null : Number(year),
    genres: id === 9 ? ['Unknown'] : genres.split('|'),
  };
}
