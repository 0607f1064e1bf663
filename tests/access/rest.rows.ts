import { dialectNames } from '../../server/app.js';
import { type Asker, badTokens } from './credentials.js';

/** What a REST route answers to each asker, as a status. */
export interface RestRow {
  /** Method and path as the route table spells them. */
  readonly route: string;
  /** The path that is asked for. */
  readonly path: string;
  readonly body?: object;
  /** Whoever comes with a session has none for the rows after it, so it is left out. */
  readonly endsSession?: true;
  /** Askers that are not named get `others`. */
  readonly expect: Partial<Readonly<Record<Asker, number>>> & { readonly others: number };
}

/** Answers everyone alike. */
export const open = { others: 200 } as const;

/** A token that nobody vouches for. */
const refused = Object.fromEntries(badTokens.map((asker) => [asker, 401]));

/** Who may ask what of the server itself. Each dialect's rows are with its tests, in `access.rows.ts`. */
export const restRows: readonly RestRow[] = [
  { route: 'GET /health', path: '/health', expect: open },
  { route: 'GET /ready', path: '/ready', expect: open },
  { route: 'GET /', path: '/', expect: open },
  { route: 'GET /docs', path: '/docs', expect: open },
  { route: 'GET /redoc', path: '/redoc', expect: open },
  { route: 'GET /openapi.json', path: '/openapi.json', expect: open },
  { route: 'GET /openapi/:name.json', path: `/openapi/${dialectNames[0]}.json`, expect: open },
  { route: 'GET /images/:prefix/:name', path: '/images/fotos_perfil/none.png', expect: { others: 404 } },
  { route: 'PUT /images/uploads/:token', path: '/images/uploads/none', expect: { others: 404 } },
  {
    route: 'GET /media/movies/:id',
    path: '/media/movies/99999',
    expect: { ...refused, anonymous: 401, disabledKey: 403, serviceBearer: 403, others: 404 },
  },
];
