import type { Statement } from '../../support/conformance.js';
import {
  answers,
  invalid,
  missing,
  noInteger,
  noJson,
  noModel,
  noText,
  post,
  type Row,
  refused,
  songs,
  tooLong,
  toStatement,
} from './wording.js';

const create = (body: unknown) => post('/musica', body);
const song = { titulo: 'T', artista: 'A' };
const created = answers(201, { id: 11, ...song });
const raw = (body: string | Buffer, contentType = 'application/json') => ({
  method: 'POST',
  path: '/musica',
  headers: { 'content-type': contentType },
  body,
});
const page = (from: number, to: number, links: string) =>
  answers(200, songs.slice(from, to), { 'x-total-count': '10', link: links });
const link = (rel: string, limit: number, offset: number) => `</musica?limit=${limit}&offset=${offset}>; rel="${rel}"`;
const bound = (name: string, input: string, [type, word, key, limit]: readonly [string, string, string, number]) => ({
  type,
  loc: ['query', name],
  msg: `Input should be ${word} than or equal to ${limit}`,
  input,
  ctx: { [key]: limit },
});
const origin = 'https://player.example';
const shared = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
const notAllowed = (allow: string) => refused(405, 'Method Not Allowed', { allow });

const listRows: readonly Row[] = [
  ['MUS-100', '2, A4', 'lists all songs by id, bare', '/musica', answers(200, songs)],
  [
    'MUS-101',
    'A6',
    'says how many there are',
    '/musica',
    { status: 200, body: songs, headers: { 'x-total-count': '10', link: undefined } },
  ],
  [
    'MUS-102',
    '2',
    'shows new songs last',
    '/musica',
    answers(200, [...songs, { id: 11, ...song }], { 'x-total-count': '11' }),
    create(song),
  ],
  [
    'MUS-103',
    'A6',
    'answers the first page',
    '/musica?limit=4',
    page(0, 4, [link('first', 4, 0), link('next', 4, 4), link('last', 4, 8)].join(', ')),
  ],
  [
    'MUS-104',
    'A6',
    'answers a page between',
    '/musica?limit=4&offset=4',
    page(4, 8, [link('first', 4, 0), link('prev', 4, 0), link('next', 4, 8), link('last', 4, 8)].join(', ')),
  ],
  [
    'MUS-105',
    'A6',
    'answers the last page',
    '/musica?limit=4&offset=8',
    page(8, 10, [link('first', 4, 0), link('prev', 4, 4), link('last', 4, 8)].join(', ')),
  ],
  [
    'MUS-106',
    'A6',
    'answers nothing beyond it',
    '/musica?limit=4&offset=999',
    page(10, 10, [link('first', 4, 0), link('prev', 4, 8), link('last', 4, 8)].join(', ')),
  ],
  [
    'MUS-107',
    'A6',
    'takes an offset alone',
    '/musica?offset=7',
    page(7, 10, [link('first', 100, 0), link('prev', 100, 0), link('last', 100, 0)].join(', ')),
  ],
  [
    'MUS-108',
    'A6',
    'refuses a page of nothing',
    '/musica?limit=0',
    invalid(bound('limit', '0', ['greater_than_equal', 'greater', 'ge', 1])),
  ],
  [
    'MUS-109',
    'A6',
    'refuses pages of more than 1000',
    '/musica?limit=1001',
    invalid(bound('limit', '1001', ['less_than_equal', 'less', 'le', 1000])),
  ],
  [
    'MUS-110',
    'A6',
    'refuses what is no number, all of it',
    '/musica?limit=x&offset=-1',
    invalid(noInteger(['query', 'limit'], 'x'), bound('offset', '-1', ['greater_than_equal', 'greater', 'ge', 0])),
  ],
  [
    'MUS-111',
    'A6',
    'takes a huge offset',
    `/musica?limit=4&offset=${'9'.repeat(30)}`,
    page(10, 10, [link('first', 4, 0), link('prev', 4, 8), link('last', 4, 8)].join(', ')),
  ],
  ['MUS-112', '2', 'ignores other parameters', '/musica?page=x', answers(200, songs)],
];

const createRows: readonly Row[] = [
  ['MUS-120', '2', 'adds a song with 201', create(song), created],
  ['MUS-121', '2', 'adds the same song again', create(song), answers(201, { id: 12, ...song }), create(song)],
  [
    'MUS-122',
    '2',
    'takes empty texts',
    create({ titulo: '', artista: '' }),
    answers(201, { id: 11, titulo: '', artista: '' }),
  ],
  [
    'MUS-123',
    '2',
    'keeps a text as it is',
    create({ titulo: ' Ñandú 😀 ', artista: 'A' }),
    answers(201, { id: 11, titulo: ' Ñandú 😀 ', artista: 'A' }),
  ],
  [
    'MUS-124',
    '2',
    'misses both',
    create({}),
    invalid(missing(['body', 'titulo'], {}), missing(['body', 'artista'], {})),
  ],
  [
    'MUS-125',
    '2',
    'refuses other types',
    create({ titulo: true, artista: { a: 1 } }),
    invalid(noText(['body', 'titulo'], true), noText(['body', 'artista'], { a: 1 })),
  ],
  [
    'MUS-126',
    'ours',
    'refuses titles of more than 200',
    create({ ...song, titulo: 'a'.repeat(201) }),
    invalid(tooLong(['body', 'titulo'], 'a'.repeat(201), 200)),
  ],
  [
    'MUS-127',
    'ours',
    'takes what folds to much more',
    create({ ...song, titulo: 'ﷺ'.repeat(200) }),
    answers(201, { id: 11, titulo: 'ﷺ'.repeat(200), artista: 'A' }),
  ],
];

const bodyRows: readonly Row[] = [
  [
    'MUS-140',
    '2',
    'says where JSON ends to be JSON',
    raw('{bad'),
    invalid(noJson(1, 'Expecting property name enclosed in double quotes')),
  ],
  [
    'MUS-141',
    '2',
    'counts in characters',
    raw('{"😀": 1,}'),
    invalid(noJson(8, 'Expecting property name enclosed in double quotes')),
  ],
  ['MUS-142', '2', 'misses a value', raw('{"a":}'), invalid(noJson(5, 'Expecting value'))],
  ['MUS-143', '2', 'misses a colon', raw('{"a" 1}'), invalid(noJson(5, "Expecting ':' delimiter"))],
  ['MUS-144', '2', 'misses a comma', raw('[1 2]'), invalid(noJson(3, "Expecting ',' delimiter"))],
  ['MUS-145', '2', 'finds too much', raw('{} x'), invalid(noJson(3, 'Extra data'))],
  ['MUS-146', '2', 'misses the end of a text', raw('{"a": "b'), invalid(noJson(6, 'Unterminated string starting at'))],
  [
    'MUS-147',
    '2',
    'refuses a line break in a text',
    raw('{"a":"\n"}'),
    invalid(noJson(6, 'Invalid control character at')),
  ],
  ['MUS-148', '2', 'refuses unknown escapes', raw('"\\x"'), invalid(noJson(1, 'Invalid \\escape'))],
  ['MUS-149', '2', 'refuses broken code points', raw('"\\u12"'), invalid(noJson(2, 'Invalid \\uXXXX escape'))],
  ['MUS-150', '2', 'misses a body', { method: 'POST', path: '/musica' }, invalid(missing(['body']))],
  [
    'MUS-151',
    '2',
    'takes no form',
    raw('titulo=T&artista=A', 'application/x-www-form-urlencoded'),
    invalid(noModel('titulo=T&artista=A')),
  ],
  ['MUS-152', '2', 'takes no other type', raw('{"titulo":"T"}', 'text/plain'), invalid(noModel('{"titulo":"T"}'))],
  ['MUS-153', '2', 'takes no list', raw('[{}]'), invalid(noModel([{}]))],
  ['MUS-154', '2', 'takes no null', raw('null'), invalid(noModel(null))],
  [
    'MUS-155',
    '2',
    'takes JSON of other names',
    raw(JSON.stringify(song), 'application/vnd.api+json; charset=UTF-8'),
    created,
  ],
  ['MUS-156', '2', 'takes a byte order mark', raw(`\ufeff${JSON.stringify(song)}`), created],
  ['MUS-157', '2', 'takes the last of equal keys', raw('{"titulo":1,"artista":"A","titulo":"T"}'), created],
  [
    'MUS-158',
    '2',
    'refuses bytes that are no text',
    raw(Buffer.from([0x22, 0xff, 0x22])),
    refused(400, 'There was an error parsing the body'),
  ],
  [
    'MUS-159',
    '2',
    'refuses what nests too deep',
    raw('['.repeat(5000)),
    refused(400, 'There was an error parsing the body'),
  ],
  [
    'MUS-160',
    'ours',
    'refuses other charsets',
    raw(JSON.stringify(song), 'application/json; charset=utf-16'),
    refused(415, 'Unsupported Media Type'),
  ],
  [
    'MUS-161',
    'ours',
    'refuses bodies of more than 100 KiB',
    raw(JSON.stringify({ titulo: 'a'.repeat(102_400) })),
    refused(413, 'Content Too Large'),
  ],
  [
    'MUS-162',
    'ours',
    'is not impressed by __proto__',
    raw('{"__proto__":{"titulo":"T","artista":"A"}}'),
    {
      status: 422,
      body: {
        detail: ['titulo', 'artista'].map((name) => ({
          type: 'missing',
          loc: ['body', name],
          msg: 'Field required',
          input: JSON.parse('{"__proto__":{"titulo":"T","artista":"A"}}'),
        })),
      },
    },
  ],
];

const protocolRows: readonly Row[] = [
  ['MUS-180', '0.3', 'allows POST alone on the list of people', '/usuarios', notAllowed('POST')],
  [
    'MUS-181',
    '0.3',
    'refuses other methods on a person',
    { method: 'DELETE', path: '/usuarios/1' },
    notAllowed('GET, HEAD'),
  ],
  [
    'MUS-182',
    '0.3',
    'refuses other methods on a state',
    { method: 'PATCH', path: '/usuarios/1/estado' },
    notAllowed('PUT'),
  ],
  ['MUS-183', '0.3', 'refuses other methods on a library', '/usuarios/1/musica', notAllowed('POST')],
  [
    'MUS-184',
    '0.3',
    'refuses other methods on songs',
    { method: 'PUT', path: '/musica' },
    notAllowed('GET, HEAD, POST'),
  ],
  ['MUS-185', '0.3', 'has no other path', '/musica/1', refused(404, 'Not Found')],
  ['MUS-186', '0.3', 'has no other path below a person', '/usuarios/1/amigos', refused(404, 'Not Found')],
  ['MUS-187', '0.3', 'has nothing at a path that cannot be decoded', '/usuarios/%zz', refused(404, 'Not Found')],
  ['MUS-188', '0', 'serves a trailing slash', '/musica/', answers(200, songs)],
  ['MUS-189', '0', 'writes with a trailing slash', post('/musica/', song), created],
  [
    'MUS-190',
    '2',
    'names the origin that asks, with credentials',
    { path: '/musica', headers: { origin } },
    answers(200, songs, { ...shared, vary: 'Origin', 'access-control-expose-headers': 'Link,X-Total-Count' }),
  ],
  [
    'MUS-191',
    '2',
    'names it in refusals too',
    { path: '/usuarios/999', headers: { origin } },
    refused(404, 'User not found', shared),
  ],
  [
    'MUS-192',
    '2',
    'lets a page ask first',
    {
      method: 'OPTIONS',
      path: '/usuarios/1/estado',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
    },
    {
      status: 200,
      headers: {
        ...shared,
        'access-control-allow-methods': 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
      },
    },
  ],
  [
    'MUS-193',
    '0.3',
    'refuses OPTIONS that asks nothing',
    { method: 'OPTIONS', path: '/musica' },
    notAllowed('GET, HEAD, POST'),
  ],
  [
    'MUS-194',
    '2',
    'says nothing of origins to those without',
    '/musica',
    { status: 200, body: songs, headers: { 'access-control-allow-origin': undefined } },
  ],
  [
    'MUS-195',
    'A5',
    'asks nobody who they are',
    { ...create(song), headers: { authorization: 'Bearer nobody' } },
    created,
  ],
];

/** `/musica`, bodies, and what holds for every endpoint alike. */
export const songStatements: readonly Statement[] = [...listRows, ...createRows, ...bodyRows, ...protocolRows].map(
  (row) => toStatement(row),
);
