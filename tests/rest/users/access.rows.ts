import { open, type RestRow } from '../../access/rest.rows.js';

/** Who may do what: the dialect asks nobody who they are, and looks at no credential (Users 3). */
export const rows: readonly RestRow[] = [
  { route: 'GET /users', path: '/users', expect: open },
  {
    route: 'POST /user',
    path: '/user',
    body: { name: 'John Doe', email: 'john@example.com' },
    expect: { others: 400 },
  },
  { route: 'GET /favicon.ico', path: '/favicon.ico', expect: open },
];
