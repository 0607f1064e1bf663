import type { WireRequest } from '../../support/wire.js';
import { ana, entry, eva, leo, upcoming } from './stage.js';
import { as, change, type Row, refused, toStatement } from './wording.js';

const ofAna = { id_usuario: ana.id, id_pelicula: 5 };
const read = (id: number | string, person: { authorization: string } | null = ana): WireRequest =>
  as(person, { path: `/user/playlist/${id}` });

const added = { status: 201, body: { ok: true, message: 'Película agregada a la playlist' } } as const;
const removed = { status: 200, body: { ok: true, message: 'Película eliminada de la playlist' } } as const;
const missing = refused(400, 'id_usuario e id_pelicula son requeridos');
const unknown = refused(401, 'No autenticado');
const forbidden = refused(403, 'No autorizado');
const shown = (...ids: number[]) => ({ status: 200, body: { playlist: ids.map((id) => entry(id)) } });

/** The playlist's routes. */
export const playlistStatements = (
  [
    [
      'CLC-140',
      '5, C8, C9',
      'lists the newest first, with its eight keys and when it was added',
      read(ana.id),
      shown(4, 1),
    ],
    ['CLC-141', '5', 'shows an empty list to who has none', read(eva.id, eva), shown()],
    ['CLC-142', 'C11', "refuses someone else's list", read(ana.id, eva), forbidden],
    ['CLC-143', 'C11', 'refuses without a session', read(ana.id, null), unknown],
    ['CLC-144', 'C11', 'refuses a list of nobody alike', read(999), forbidden],
    ['CLC-145', 'C11', 'refuses an id that is no number alike', read('abc'), forbidden],
    ['CLC-146', 'C11', 'refuses a disabled account', read(leo.id, leo), refused(403, 'Cuenta deshabilitada')],
    ['CLC-147', '5 "Generic"', 'refuses an id that cannot be decoded', read('%zz'), refused(400, 'Ruta mal formada')],
    ['CLC-150', '5, C3', 'adds a film', change('add', ofAna), added],
    ['CLC-151', '5', 'shows it first', [change('add', ofAna), read(ana.id)], shown(5, 4, 1)],
    ['CLC-152', '5', 'answers a repeat the same', [change('add', ofAna), change('add', ofAna)], added],
    [
      'CLC-153',
      '5',
      'keeps one row of a repeat, where it was',
      [change('add', { ...ofAna, id_pelicula: 1 }), read(ana.id)],
      shown(4, 1),
    ],
    ['CLC-154', '5', 'reads ids as texts too', change('add', { id_usuario: '4', id_pelicula: '5' }), added],
    [
      'CLC-155',
      '5',
      'makes the list of who had none',
      [change('add', { id_usuario: eva.id, id_pelicula: 5 }, eva), read(eva.id, eva)],
      shown(5),
    ],
    ['CLC-160', '5, C1', 'refuses without id_usuario', change('add', { id_pelicula: 5 }), missing],
    ['CLC-161', '5, C1', 'refuses without id_pelicula', change('add', { id_usuario: ana.id }), missing],
    ['CLC-162', '5', 'counts zero as missing', change('add', { ...ofAna, id_pelicula: 0 }), missing],
    ['CLC-163', '5', 'counts what is no number as missing', change('add', { ...ofAna, id_pelicula: [5] }), missing],
    ['CLC-164', '5', 'refuses no body at all', as(ana, { method: 'POST', path: '/user/playlist/add' }), missing],
    [
      'CLC-165',
      '5, C1',
      'refuses a film that does not exist',
      change('add', { ...ofAna, id_pelicula: 999 }),
      refused(404, 'Película no encontrada'),
    ],
    [
      'CLC-166',
      '5',
      'counts an id that no film can have as missing',
      change('add', { ...ofAna, id_pelicula: 2 ** 53 }),
      missing,
    ],
    [
      'CLC-167',
      '5, C2',
      'refuses a film that is not available',
      change('add', { ...ofAna, id_pelicula: upcoming }),
      refused(400, 'La película no está disponible'),
    ],
    [
      'CLC-168',
      '5, C2',
      'refuses it to who has no list yet',
      change('add', { id_usuario: eva.id, id_pelicula: upcoming }, eva),
      refused(400, 'La película no está disponible'),
    ],
    ['CLC-170', 'C11', 'adds for nobody without a session', change('add', ofAna, null), unknown],
    ['CLC-171', 'C11', 'adds to no list of someone else', change('add', ofAna, eva), forbidden],
    [
      'CLC-172',
      'C11',
      'says that it is forbidden before that there is no film',
      change('add', { ...ofAna, id_pelicula: 999 }, eva),
      forbidden,
    ],
    [
      'CLC-173',
      'C11',
      'adds nothing for a disabled account',
      change('add', { ...ofAna, id_usuario: leo.id }, leo),
      refused(403, 'Cuenta deshabilitada'),
    ],
    ['CLC-180', '5, C3', 'removes a film', change('remove', { ...ofAna, id_pelicula: 4 }), removed],
    ['CLC-181', '5', 'shows it no more', [change('remove', { ...ofAna, id_pelicula: 4 }), read(ana.id)], shown(1)],
    ['CLC-182', '5', 'answers the same when it was not there', change('remove', ofAna), removed],
    [
      'CLC-183',
      '5',
      'answers the same for a film that does not exist',
      change('remove', { ...ofAna, id_pelicula: 999 }),
      removed,
    ],
    [
      'CLC-184',
      '5',
      'answers the same to who has no list',
      change('remove', { id_usuario: eva.id, id_pelicula: 1 }, eva),
      removed,
    ],
    [
      'CLC-185',
      '5',
      'removes a film and adds it as the newest',
      [change('remove', { ...ofAna, id_pelicula: 1 }), change('add', { ...ofAna, id_pelicula: 1 }), read(ana.id)],
      shown(1, 4),
    ],
    ['CLC-190', '5, C1', 'removes nothing without an id', change('remove', { id_usuario: ana.id }), missing],
    [
      'CLC-191',
      '5',
      'removes nothing without a body',
      as(ana, { method: 'DELETE', path: '/user/playlist/remove' }),
      missing,
    ],
    ['CLC-192', 'C11', 'removes nothing without a session', change('remove', ofAna, null), unknown],
    [
      'CLC-193',
      'C11',
      'removes nothing of someone else',
      change('remove', { ...ofAna, id_pelicula: 1 }, eva),
      forbidden,
    ],
  ] satisfies readonly Row[]
).map(toStatement);
