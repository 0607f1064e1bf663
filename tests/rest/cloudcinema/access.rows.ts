import { open, type RestRow } from '../../access/rest.rows.js';

/** CloudCinema takes sessions and other bearer tokens, and no API keys; what is John's is nobody else's (CloudCinema C11). */
const ofJohn = { others: 401, session: 403, personBearer: 403, serviceBearer: 403 } as const;
const john = { id_usuario: 1, id_pelicula: 1 };

/** Who may do what; registering and logging in ask for no credential, and miss everything else here. */
export const rows: readonly RestRow[] = [
  { route: 'GET /movie/exploration', path: '/movie/exploration', expect: open },
  { route: 'POST /user/register', path: '/user/register', body: {}, expect: { others: 400 } },
  { route: 'POST /user/login', path: '/user/login', body: {}, expect: { others: 400 } },
  { route: 'POST /user/logout', path: '/user/logout', body: {}, endsSession: true, expect: open },
  {
    route: 'PUT /user/edit',
    path: '/user/edit',
    body: { id_usuario: 1, contrasena_actual: 'x' },
    expect: ofJohn,
  },
  { route: 'GET /user/playlist/:id', path: '/user/playlist/1', expect: ofJohn },
  { route: 'POST /user/playlist/add', path: '/user/playlist/add', body: john, expect: ofJohn },
  { route: 'DELETE /user/playlist/remove', path: '/user/playlist/remove', body: john, expect: ofJohn },
];
