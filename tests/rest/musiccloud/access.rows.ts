import { open, type RestRow } from '../../access/rest.rows.js';

/** Who may do what: the dialect asks nobody who they are, and looks at no credential (Music A5). */
export const rows: readonly RestRow[] = [
  {
    route: 'POST /usuarios',
    path: '/usuarios',
    body: { nombre: 'John', email: 'john@example.com' },
    expect: { others: 400 },
  },
  { route: 'GET /usuarios/:userId', path: '/usuarios/1', expect: open },
  { route: 'PUT /usuarios/:userId/estado', path: '/usuarios/2/estado', body: { estado: true }, expect: open },
  { route: 'POST /usuarios/:userId/musica', path: '/usuarios/1/musica', body: { musica_id: 1 }, expect: open },
  { route: 'GET /musica', path: '/musica', expect: open },
  { route: 'POST /musica', path: '/musica', body: { titulo: 'T', artista: 'A' }, expect: { others: 201 } },
];
