import type { WireRequest } from '../../support/wire.js';
import { film, upcoming } from './stage.js';
import { change, type Row, refused, toStatement } from './wording.js';

/** The titles of the demo set and of three more films, as a Spanish dictionary has them. */
const byTitle = [
  27,
  21,
  19,
  23,
  7,
  5,
  11,
  8,
  1,
  10,
  16,
  28,
  upcoming,
  25,
  3,
  14,
  13,
  20,
  2,
  22,
  9,
  15,
  18,
  4,
  6,
  12,
  17,
  24,
];
const absent = refused(404, 'Ruta no encontrada');
const malformed = refused(400, 'JSON mal formado');
const login = (request: Partial<WireRequest>): WireRequest => ({ method: 'POST', path: '/user/login', ...request });

/** The catalogue, and what every path has in common. */
export const protocolStatements = (
  [
    [
      'CLC-120',
      '5, 0.2, C9, C13',
      'shows the whole catalogue by title, as Spanish sorts them',
      { path: '/movie/exploration' },
      { status: 200, body: { peliculas: byTitle.map((id) => film(id)) } },
    ],
    [
      'CLC-121',
      '5',
      'shows it to who is logged in alike',
      { path: '/movie/exploration', headers: { authorization: 'Bearer nobody' } },
      { status: 200, body: { peliculas: byTitle.map((id) => film(id)) } },
    ],
    [
      'CLC-122',
      '5',
      'reads paths in any case, and with a slash at their end',
      { path: '/Movie/Exploration/' },
      { status: 200, body: { peliculas: byTitle.map((id) => film(id)) } },
    ],
    ['CLC-200', '0.3', 'answers 404 below /user', { path: '/user/nope' }, absent],
    ['CLC-201', '0.3', 'answers 404 below /movie', { path: '/movie/nope' }, absent],
    ['CLC-202', '0.3', 'answers 404 below its own paths', { path: '/user/login/nope' }, absent],
    ['CLC-203', '0.3', 'answers 404 to another method', { path: '/user/login' }, absent],
    [
      'CLC-204',
      '0.3',
      'answers 404 to another method of the catalogue',
      { method: 'POST', path: '/movie/exploration' },
      absent,
    ],
    ['CLC-205', '0.3', 'answers 404 to GET with two parts below playlist', { path: '/user/playlist/4/1' }, absent],
    ['CLC-210', '5 "Generic"', 'answers 400 to malformed JSON', login({ body: '{"correo":' }), malformed],
    ['CLC-211', '5 "Generic"', 'answers it before anything else', login({ path: '/user/nope', body: '{' }), malformed],
    [
      'CLC-212',
      '5 "Generic"',
      'answers it on the playlist before who it is',
      { ...change('add', '{', null) },
      malformed,
    ],
    ['CLC-213', '5 "Generic"', 'answers it to JSON that is no object', login({ body: '"correo"' }), malformed],
    [
      'CLC-214',
      '5 "Generic"',
      'answers 413 to more JSON than is read',
      login({ body: `{"correo":"${'x'.repeat(110_000)}"}` }),
      refused(413, 'La petición es demasiado grande'),
    ],
    [
      'CLC-215',
      '5 "Generic"',
      'answers 415 to a charset that it does not know',
      login({ body: '{}', headers: { 'content-type': 'application/json; charset=ibm037' } }),
      refused(415, 'Codificación no admitida'),
    ],
    [
      'CLC-216',
      '5 "Generic"',
      'answers 406 to who admits no JSON',
      { path: '/movie/exploration', headers: { accept: 'text/html' } },
      refused(406, 'Solo se responde JSON'),
    ],
    [
      'CLC-220',
      '5 "CORS"',
      'refuses a page of an origin that is not on the list',
      login({ body: {}, headers: { origin: 'https://evil.example' } }),
      refused(403, 'Origen no permitido'),
    ],
    [
      'CLC-221',
      '5 "CORS"',
      'refuses its preflight',
      {
        method: 'OPTIONS',
        path: '/user/login',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      },
      refused(403, 'Origen no permitido'),
    ],
    [
      'CLC-222',
      '5 "CORS"',
      'refuses a page of no origin',
      login({ body: {}, headers: { origin: 'null' } }),
      refused(403, 'Origen no permitido'),
    ],
  ] satisfies readonly Row[]
).map(toStatement);
