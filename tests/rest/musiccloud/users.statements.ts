import type { Statement } from '../../support/conformance.js';
import {
  added,
  answers,
  invalid,
  john,
  missing,
  noBoolean,
  noInteger,
  noText,
  post,
  put,
  type Row,
  refused,
  songs,
  tooLong,
  toStatement,
} from './wording.js';

const create = (body: unknown) => post('/usuarios', body);
const ana = { nombre: 'Ana', email: 'ana@example.org' };
const state = (estado: unknown, path = '/usuarios/1/estado') => put(path, { estado });
const active = answers(200, john);
const inactive = answers(200, { ...john, estado: false });
const add = (musica_id: unknown, path = '/usuarios/1/musica') => post(path, { musica_id });
const noUser = refused(404, 'User not found');
const noSong = refused(404, 'Music not found');
const musicId = ['body', 'musica_id'];
const ok = answers(200, added);
const smiles = (length: number) => '😀'.repeat(length);

const createRows: readonly Row[] = [
  [
    'MUS-001',
    '2',
    'creates a person with 201, active, keys in order',
    create(ana),
    answers(201, { id: 4, ...ana, estado: true }),
  ],
  [
    'MUS-002',
    '2',
    'ignores other keys, estado among them',
    create({ estado: false, id: 9, ...ana }),
    answers(201, { id: 4, ...ana, estado: true }),
  ],
  [
    'MUS-003',
    '2',
    'sends no Location',
    create(ana),
    { status: 201, headers: { location: undefined }, body: { id: 4, ...ana, estado: true } },
  ],
  [
    'MUS-004',
    'A3',
    'takes any text for an address',
    create({ nombre: 'A', email: ' no address ' }),
    answers(201, { id: 4, nombre: 'A', email: ' no address ', estado: true }),
  ],
  [
    'MUS-005',
    'A3',
    'takes empty texts',
    create({ nombre: '', email: '' }),
    answers(201, { id: 4, nombre: '', email: '', estado: true }),
  ],
  [
    'MUS-006',
    '2',
    'refuses an address that is taken',
    create({ ...ana, email: 'john@example.com' }),
    refused(400, 'Email already registered'),
  ],
  [
    'MUS-007',
    'A3',
    'compares addresses without case',
    create({ ...ana, email: 'JOHN@Example.COM' }),
    refused(400, 'Email already registered'),
  ],
  ['MUS-008', '2', 'refuses the same person twice', create(ana), refused(400, 'Email already registered'), create(ana)],
  ['MUS-009', '2', 'misses an address', create({ nombre: 'x' }), invalid(missing(['body', 'email'], { nombre: 'x' }))],
  [
    'MUS-010',
    '0.3',
    'says all that is wrong, in the order of the model',
    create({ email: [], nombre: 1 }),
    invalid(noText(['body', 'nombre'], 1), noText(['body', 'email'], [])),
  ],
  [
    'MUS-011',
    '0.3',
    'misses both',
    create({}),
    invalid(missing(['body', 'nombre'], {}), missing(['body', 'email'], {})),
  ],
  [
    'MUS-012',
    '2',
    'takes no null for a text',
    create({ ...ana, nombre: null }),
    invalid(noText(['body', 'nombre'], null)),
  ],
  [
    'MUS-013',
    'ours',
    'counts characters, not bytes',
    create({ ...ana, nombre: smiles(100) }),
    answers(201, { id: 4, nombre: smiles(100), email: ana.email, estado: true }),
  ],
  [
    'MUS-014',
    'ours',
    'refuses names of more than 100',
    create({ ...ana, nombre: smiles(101) }),
    invalid(tooLong(['body', 'nombre'], smiles(101), 100)),
  ],
  [
    'MUS-015',
    'ours',
    'refuses addresses of more than 320',
    create({ ...ana, email: 'a'.repeat(321) }),
    invalid(tooLong(['body', 'email'], 'a'.repeat(321), 320)),
  ],
  [
    'MUS-016',
    'ours',
    'refuses NUL, which cannot be stored',
    create({ ...ana, nombre: 'a\0' }),
    invalid({
      type: 'value_error',
      loc: ['body', 'nombre'],
      msg: 'Value error, NUL cannot be stored',
      input: 'a\0',
      ctx: { error: {} },
    }),
  ],
  [
    'MUS-017',
    'ours',
    'refuses half a character',
    create('{"nombre":"\\ud800","email":"x"}'),
    invalid({
      type: 'string_unicode',
      loc: ['body', 'nombre'],
      msg: 'Input should be a valid string, unable to parse raw data as a unicode string',
      input: '\ud800',
    }),
  ],
  [
    'MUS-018',
    '2',
    'keeps accents',
    create({ ...ana, nombre: 'Juan Pérez' }),
    answers(201, { id: 4, nombre: 'Juan Pérez', email: ana.email, estado: true }),
  ],
];

const readRows: readonly Row[] = [
  ['MUS-030', '2', 'shows a person with no songs', '/usuarios/1', answers(200, { ...john, musica: [] })],
  [
    'MUS-031',
    'A4',
    'shows songs in the order in which they were added',
    '/usuarios/1',
    answers(200, { ...john, musica: [songs[6], songs[1]] }),
    add(7),
    add(2),
  ],
  ['MUS-032', '2', 'finds nobody', '/usuarios/999', noUser],
  ['MUS-033', '2', 'finds nobody at 0', '/usuarios/0', noUser],
  ['MUS-034', '2', 'finds nobody below 0', '/usuarios/-1', noUser],
  ['MUS-035', '2', 'finds nobody beyond any row', '/usuarios/2147483648', noUser],
  ['MUS-036', '2', 'finds nobody at a huge id', `/usuarios/${'9'.repeat(40)}`, noUser],
  ['MUS-037', '2', 'refuses text for an id', '/usuarios/abc', invalid(noInteger(['path', 'usuario_id'], 'abc'))],
  ['MUS-038', '2', 'refuses fractions', '/usuarios/1.5', invalid(noInteger(['path', 'usuario_id'], '1.5'))],
  ['MUS-039', '2', 'reads 1.0 as 1', '/usuarios/1.0', answers(200, { ...john, musica: [] })],
  ['MUS-040', '2', 'reads a signed id with blanks', '/usuarios/%20+1', answers(200, { ...john, musica: [] })],
];

const boolRows: readonly Row[] = [true, 1, '1', 'true', 'TRUE', 'yes', 'On', 't', 'Y'].map((value, index) => [
  `MUS-0${50 + index}`,
  '2',
  `takes ${JSON.stringify(value)} for true`,
  state(value),
  active,
  state(false),
]);
const unBoolRows: readonly Row[] = [false, 0, '0', 'false', 'False', 'no', 'OFF', 'f', 'N'].map((value, index) => [
  `MUS-0${60 + index}`,
  '2',
  `takes ${JSON.stringify(value)} for false`,
  state(value),
  inactive,
]);

const stateRows: readonly Row[] = [
  ['MUS-070', '2', 'takes 1.0 for true', put('/usuarios/1/estado', '{"estado":1.0}'), active],
  ['MUS-071', '2', 'refuses other texts', state('si'), invalid(noBoolean('si'))],
  ['MUS-072', '2', 'refuses texts with blanks', state('true '), invalid(noBoolean('true '))],
  ['MUS-073', '2', 'refuses other numbers', state(2), invalid(noBoolean(2))],
  [
    'MUS-074',
    '2',
    'refuses null',
    state(null),
    invalid({ type: 'bool_type', loc: ['body', 'estado'], msg: 'Input should be a valid boolean', input: null }),
  ],
  [
    'MUS-075',
    '2',
    'misses it',
    put('/usuarios/1/estado', { activo: true }),
    invalid(missing(['body', 'estado'], { activo: true })),
  ],
  ['MUS-076', '2', 'finds nobody', state(true, '/usuarios/999/estado'), noUser],
  ['MUS-077', '2', 'checks the body before the person', state('x', '/usuarios/999/estado'), invalid(noBoolean('x'))],
  [
    'MUS-078',
    '0.3',
    'says what is wrong with the path first',
    state('x', '/usuarios/abc/estado'),
    invalid(noInteger(['path', 'usuario_id'], 'abc'), noBoolean('x')),
  ],
];

const libraryRows: readonly Row[] = [
  ['MUS-080', '2, A2', 'adds a song', add(1), ok],
  ['MUS-081', '2', 'answers a repeated addition alike', add(1), ok, add(1)],
  [
    'MUS-082',
    '2',
    'keeps one row for it',
    '/usuarios/1',
    answers(200, { ...john, musica: [songs[0]] }),
    add(1),
    add(1),
  ],
  ['MUS-083', '2', 'takes a text that spells an id', add('4'), ok],
  ['MUS-084', '2', 'takes a fraction that is none', post('/usuarios/1/musica', '{"musica_id":4.0}'), ok],
  [
    'MUS-085',
    '2',
    'refuses booleans',
    add(true),
    invalid({ type: 'int_type', loc: musicId, msg: 'Input should be a valid integer', input: true }),
  ],
  [
    'MUS-086',
    '2',
    'refuses fractions',
    add(1.5),
    invalid({
      type: 'int_from_float',
      loc: musicId,
      msg: 'Input should be a valid integer, got a number with a fractional part',
      input: 1.5,
    }),
  ],
  ['MUS-087', '2', 'refuses other texts', add('x'), invalid(noInteger(musicId, 'x'))],
  [
    'MUS-088',
    '2',
    'refuses null',
    add(null),
    invalid({ type: 'int_type', loc: musicId, msg: 'Input should be a valid integer', input: null }),
  ],
  ['MUS-089', '2', 'finds no such song', add(999), noSong],
  ['MUS-090', '2', 'finds no song at 0', add(0), noSong],
  ['MUS-091', '2', 'finds no song below 0', add(-1), noSong],
  ['MUS-092', '2', 'finds no song at a huge id', post('/usuarios/1/musica', `{"musica_id":${'9'.repeat(30)}}`), noSong],
  ['MUS-093', '2', 'finds nobody', add(1, '/usuarios/999/musica'), noUser],
  ['MUS-094', '2', 'misses the person before the song', add(999, '/usuarios/999/musica'), noUser],
  ['MUS-095', '2', 'misses the id', post('/usuarios/1/musica', {}), invalid(missing(musicId, {}))],
  [
    'MUS-096',
    'ours',
    'refuses infinity',
    post('/usuarios/1/musica', '{"musica_id":1e999}'),
    invalid({ type: 'finite_number', loc: musicId, msg: 'Input should be a finite number', input: null }),
  ],
  ['MUS-097', '2', 'adds for someone inactive', add(1), ok, state(false)],
];

/** `/usuarios` and what is below it. */
export const userStatements: readonly Statement[] = [
  ...createRows,
  ...readRows,
  ...boolRows,
  ...unBoolRows,
  ...stateRows,
  ...libraryRows,
].map((row) => toStatement(row));
