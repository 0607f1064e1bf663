import { anyInstant, type Statement } from '../../support/conformance.js';
import { film } from './films.js';
import { absent, invalid, noInteger, page, type Row, refused, toStatement, unauthorized } from './wording.js';

const missing = unauthorized('Missing Authorization header');
const malformed = unauthorized('Invalid Authorization header format');
const wrong = unauthorized('Invalid or expired token');
const notFound = refused(404, 'Not Found');
const notAllowed = refused(405, 'Method Not Allowed', { allow: 'GET, HEAD' });
const toyStory = { status: 200, body: film(1) } as const;
const asked = (path: string, authorization: string) => ({ path, headers: { authorization } });
const unasked = (path: string, method = 'GET') => ({ method, path, headers: {} });

const rows: readonly Row[] = [
  ['MLN-001', '4 Auth', 'asks for a token', unasked('/api/movies'), missing],
  ['MLN-002', '4 Auth', 'asks for a token to search', unasked('/api/movies/search?q=toy'), missing],
  ['MLN-003', '4 Auth', 'asks for a token for one film', unasked('/api/movies/1'), missing],
  ['MLN-004', '4 Auth', 'takes an empty header for a missing one', asked('/api/movies/1', ''), missing],
  ['MLN-005', '4 Auth', 'refuses a scheme without a token', asked('/api/movies/1', 'Bearer'), malformed],
  ['MLN-006', '4 Auth', 'refuses a token without a scheme', asked('/api/movies/1', 'person'), malformed],
  ['MLN-007', '4 Auth', 'refuses three parts', asked('/api/movies/1', 'Bearer person more'), malformed],
  ['MLN-008', '4 Auth', 'refuses another scheme', asked('/api/movies/1', 'Basic person'), malformed],
  ['MLN-009', '4 Auth', 'reads the scheme in any case', asked('/api/movies/1', 'bEARER person'), toyStory],
  ['MLN-010', '4 Auth', 'refuses a token that is wrong', asked('/api/movies/1', 'Bearer nobody'), wrong],
  ['MLN-011', '4 Auth, R10', 'serves programs too', asked('/api/movies/1', 'Bearer service'), toyStory],
  ['MLN-012', '4 Auth', 'asks before it checks parameters', unasked('/api/movies?page=0'), missing],
  ['MLN-013', '4 Auth', 'asks before it misses q', unasked('/api/movies/search'), missing],
  ['MLN-014', '4 Auth', 'asks before it reads an id', unasked('/api/movies/abc'), missing],
  ['MLN-015', '4 Auth', 'asks before it looks for a film', asked('/api/movies/999', 'Bearer nobody'), wrong],
  ['MLN-016', '4 Auth', 'asks before it looks for a path', unasked('/api/movies/1/nothing'), missing],
  ['MLN-017', '4 Auth', 'asks before it refuses a method', unasked('/api/movies', 'POST'), missing],
  [
    'MLN-018',
    '4 Auth',
    'knows no other credential',
    { path: '/api/movies/1', apiKey: 'api_key_john_12345', headers: {} },
    missing,
  ],
  ['MLN-019', '4 Auth', 'takes any blanks between the parts', asked('/api/movies/1', 'Bearer   person '), toyStory],
  [
    'MLN-030',
    '4, R3',
    'tells its health to anyone',
    unasked('/api/health'),
    { status: 200, body: { status: 'ok', timestamp: anyInstant } },
  ],
  ['MLN-031', '4, R3', 'keeps the other health', unasked('/health'), { status: 200, body: { status: 'ok' } }],
  ['MLN-032', '4, R14', 'has readiness apart', unasked('/ready'), { status: 200, body: { status: 'ready' } }],
  ['MLN-033', '0.3', 'refuses another method on health', unasked('/api/health', 'POST'), notAllowed],
  ['MLN-040', '0.3', 'refuses another method on the list', { method: 'POST', path: '/api/movies' }, notAllowed],
  ['MLN-041', '0.3', 'refuses another method on search', { method: 'PUT', path: '/api/movies/search' }, notAllowed],
  ['MLN-042', '0.3', 'refuses another method on a film', { method: 'DELETE', path: '/api/movies/1' }, notAllowed],
  ['MLN-043', '0.3', 'refuses OPTIONS', { method: 'OPTIONS', path: '/api/movies' }, notAllowed],
  ['MLN-044', '0.3', 'checks the method before the id', { method: 'PATCH', path: '/api/movies/abc' }, notAllowed],
  ['MLN-045', '0.3', 'has no other path below /api', unasked('/api/nothing'), notFound],
  ['MLN-046', '0.3', 'has no other path below a film', '/api/movies/1/ratings', notFound],
  ['MLN-047', '0.3', 'has nothing at a path that cannot be decoded', '/api/movies/%zz', notFound],
  ['MLN-048', '0.3', 'serves a trailing slash', '/api/movies/1/', toyStory],
  [
    'MLN-049',
    '0.3',
    'serves a trailing slash on the list',
    '/api/movies/?page_size=1',
    page([1], { size: 1, total: 11 }),
  ],
  [
    'MLN-050',
    '4',
    'answers HEAD as GET, without the body',
    { method: 'HEAD', path: '/api/movies/1' },
    { status: 200, headers: { 'content-length': String(Buffer.byteLength(JSON.stringify(film(1)))) } },
  ],
  ['MLN-051', '0.3', 'tells upper from lower case in its paths', unasked('/api/Health'), notFound],
  ['MLN-060', '4, R1', 'shows a film with both keys', '/api/movies/1', toyStory],
  ['MLN-061', '4', 'keeps a blank at the end of a title', '/api/movies/5', { status: 200, body: film(5) }],
  ['MLN-062', '4', 'shows a range of years as no year', '/api/movies/7', { status: 200, body: film(7) }],
  ['MLN-063', '4', 'shows neither year nor genre', '/api/movies/9', { status: 200, body: film(9) }],
  ['MLN-064', '4', 'keeps quotes and other titles', '/api/movies/11', { status: 200, body: film(11) }],
  ['MLN-065', '4', 'keeps accents', '/api/movies/13', { status: 200, body: film(13) }],
  ['MLN-066', '0.1', 'shows the title of MovieLens, not ours', '/api/movies/21', { status: 200, body: film(21) }],
  ['MLN-067', '4, R4', 'says which film is not there', '/api/movies/999', absent('999')],
  ['MLN-068', '0.1', 'does not know our ids', '/api/movies/3', absent('3')],
  ['MLN-069', '4', 'looks for 0', '/api/movies/0', absent('0')],
  ['MLN-070', '4', 'looks for negative ids', '/api/movies/-1', absent('-1')],
  ['MLN-071', '4', 'looks for huge ids', `/api/movies/${'9'.repeat(40)}`, absent('9'.repeat(40))],
  ['MLN-072', '4', 'looks for ids beyond any row', '/api/movies/2147483648', absent('2147483648')],
  ['MLN-073', '4', 'reads 1.0 as 1', '/api/movies/1.0', toyStory],
  ['MLN-074', '4', 'reads a signed id with blanks around it', '/api/movies/%20+1%20', toyStory],
  ['MLN-075', '4', 'refuses text', '/api/movies/abc', invalid(noInteger(['path', 'movie_id'], 'abc'))],
  ['MLN-076', '4', 'refuses fractions', '/api/movies/1.5', invalid(noInteger(['path', 'movie_id'], '1.5'))],
  ['MLN-077', '4', 'refuses other digits', '/api/movies/%D9%A1', invalid(noInteger(['path', 'movie_id'], '١'))],
  ['MLN-078', '0', 'takes search for no id', '/api/movies/search?q=jumanji', page([2])],
];

/** What holds for every endpoint alike, health, and one film. */
export const protocolStatements: readonly Statement[] = rows.map((row) => toStatement(row));
