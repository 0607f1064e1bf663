import type { Statement } from '../../support/conformance.js';
import {
  answers,
  create,
  invalid,
  mismatch,
  missing,
  noEmail,
  noText,
  people,
  type Row,
  refused,
  tooLong,
  tooShort,
  toStatement,
} from './wording.js';

const mario = { name: 'Mario Rossi', email: 'm.rossi@satispay.it' };
const created = answers(200, { ...mario, id: 4 });
const named = (name: string) => create({ ...mario, name });
const mailed = (email: unknown) => create({ ...mario, email });
const kept = (email: string) => answers(200, { ...mario, email, id: 4 });
const raw = (body: string, contentType = 'application/json') => ({
  method: 'POST',
  path: '/user',
  headers: { 'content-type': contentType },
  body,
});
const notAllowed = (allow: string) => refused(405, 'Method Not Allowed', { allow });
const jsonFault = { type: 'json_invalid', loc: ['body', 1], msg: 'JSON decode error', input: {} };
const noModel = 'Input should be a valid dictionary or object to extract fields from';

const register =
  'mutation { register(input: { name: "José", email: "J@Example.org", password: "long enough" }) { token } }';

const readRows: readonly Row[] = [
  ['USR-001', '3', 'lists people, bare, keys in order', '/users', answers(200, people)],
  [
    'USR-002',
    '3',
    'lists in the order of insertion',
    '/users',
    answers(200, [...people, { ...mario, id: 4 }]),
    create(mario),
  ],
  ['USR-003', '3, U2', 'tells its health', '/health', { status: 200, body: { status: 'ok' } }],
  ['USR-004', '3', 'has an icon of nothing', '/favicon.ico', answers(200, {})],
  [
    'USR-005',
    '3, U4',
    'shows what other doors wrote',
    '/users',
    answers(200, [...people, { name: 'José', email: 'J@Example.org', id: 4 }]),
    { method: 'POST', path: '/graphql', body: { query: register } },
  ],
];

const createRows: readonly Row[] = [
  ['USR-010', '3, U3', 'creates a person with 200', create(mario), created],
  [
    'USR-011',
    'U3',
    'sends no Location',
    create(mario),
    { status: 200, headers: { location: undefined }, body: { ...mario, id: 4 } },
  ],
  [
    'USR-012',
    '3',
    'refuses an address that is taken',
    create(mario),
    refused(400, 'Email already exists'),
    create(mario),
  ],
  [
    'USR-013',
    'known limit',
    'compares addresses without case',
    mailed('M.Rossi@satispay.it'),
    refused(400, 'Email already exists'),
    create(mario),
  ],
  ['USR-014', '3', 'ignores other keys', create({ ...mario, id: 99, active: false }), created],
  ['USR-015', '3', 'takes three characters', named('abc'), answers(200, { ...mario, name: 'abc', id: 4 })],
  ['USR-016', '3', 'takes three spaces, untrimmed', named('   '), answers(200, { ...mario, name: '   ', id: 4 })],
  [
    'USR-017',
    '3',
    'takes fifty characters',
    named('a'.repeat(50)),
    answers(200, { ...mario, name: 'a'.repeat(50), id: 4 }),
  ],
  ['USR-018', '3', 'keeps blanks around a name', named(' Mario '), answers(200, { ...mario, name: ' Mario ', id: 4 })],
  ['USR-019', '3, U1', 'refuses two characters', named('ab'), invalid(tooShort('ab'))],
  ['USR-020', '3, U1', 'refuses fifty-one', named('a'.repeat(51)), invalid(tooLong('a'.repeat(51)))],
  ['USR-021', '3, U1', 'refuses digits', named('Mario 2'), invalid(mismatch('Mario 2'))],
  ['USR-022', '3, U1', 'refuses accents', named('José'), invalid(mismatch('José'))],
  ['USR-023', '3, U1', 'refuses a line break at the end', named('Mario\n'), invalid(mismatch('Mario\n'))],
  ['USR-024', '3', 'says that a name is short before what it looks like', named('1'), invalid(tooShort('1'))],
  ['USR-025', '3, U1', 'misses both', create({}), invalid(missing('name', {}), missing('email', {}))],
  [
    'USR-026',
    '3, U1',
    'refuses other types',
    create({ name: 1, email: null }),
    invalid(noText('name', 1), noText('email', null)),
  ],
  [
    'USR-027',
    '0.3',
    'says all that is wrong, in the order of the model',
    create({ email: 'x', name: '12' }),
    invalid(tooShort('12'), noEmail('x', 'An email address must have an @-sign.')),
  ],
];

const acceptedRows: readonly Row[] = [
  [
    'USR-040',
    '3',
    'writes the domain in lower case and keeps the rest',
    mailed('M.Rossi@SATISPAY.it'),
    kept('M.Rossi@satispay.it'),
  ],
  ['USR-041', '3', 'takes a name before an address', mailed('Foo <foo@b.it>'), kept('foo@b.it')],
  ['USR-042', '3', 'takes a quoted name before an address', mailed('"Foo, Bar" <foo@b.it>'), kept('foo@b.it')],
  ['USR-043', '3', 'takes blanks around an address', mailed('  foo@b.it '), kept('foo@b.it')],
  ['USR-044', '3', 'takes the documented example domains', mailed('a@example.org'), kept('a@example.org')],
  ['USR-045', '3', 'takes other letters', mailed('josé@bücher.de'), kept('josé@bücher.de')],
  ['USR-046', '3', 'shows an encoded domain as people read it', mailed('a@XN--BCHER-KVA.de'), kept('a@bücher.de')],
  ['USR-047', '3', 'composes letters', mailed('jose\u0301@b.it'), kept('josé@b.it')],
  ['USR-048', '3', 'writes common mailboxes in lower case', mailed('INFO@b.it'), kept('info@b.it')],
  ['USR-049', '3', 'takes odd characters', mailed("o'n+x/1=2@b.co.uk"), kept("o'n+x/1=2@b.co.uk")],
];

const local = (what: string) => `The email address contains invalid characters before the @-sign: ${what}.`;
const after = (what: string) => `The part after the @-sign contains invalid characters: ${what}.`;
const reasons: readonly (readonly [email: string, reason: string])[] = [
  ['a', 'An email address must have an @-sign.'],
  ['', 'An email address must have an @-sign.'],
  ['@b.it', 'There must be something before the @-sign.'],
  ['a@', 'There must be something after the @-sign.'],
  ['a@b', 'The part after the @-sign is not valid. It should have a period.'],
  ['a@b.123', 'The part after the @-sign is not valid. It is not within a valid top-level domain.'],
  ['a b@c.it', local('SPACE')],
  ['a,b@c.it', local("','")],
  ['<script>@b.it', "There can't be anything after the email address."],
  ['.a@b.it', 'An email address cannot start with a period.'],
  ['a.@b.it', 'An email address cannot have a period immediately before the @-sign.'],
  ['a..b@c.it', 'An email address cannot have two periods in a row.'],
  ['a@.b.it', 'An email address cannot have a period immediately after the @-sign.'],
  ['a@b.it.', 'An email address cannot end with a period.'],
  ['a@-b.it', 'An email address cannot have a hyphen immediately after the @-sign.'],
  ['a@b.-c.it', 'An email address cannot have a period and a hyphen next to each other.'],
  ['a@b_c.it', after("'_'")],
  ['a@b@c.it', after("'@'")],
  ['a@b.c\0', after('U+0000')],
  ['a@b.it\n', 'Carriage return and line feed characters are not allowed'],
  ['"a"@b.it', 'Quoting the part before the @-sign is not allowed here.'],
  ['a@[1.2.3.4]', 'A bracketed IP address after the @-sign is not allowed here.'],
  ['a@b.test', 'The part after the @-sign is a special-use or reserved name that cannot be used with email.'],
  ['a@x.localhost', 'The part after the @-sign is a special-use or reserved name that cannot be used with email.'],
  [
    `a@${'b'.repeat(64)}.it`,
    'After the @-sign, periods cannot be separated by so many characters (1 character too many).',
  ],
  [`${'a'.repeat(300)}@b.it`, 'The email address is too long (51 characters too many).'],
  [`a@${'b.'.repeat(130)}it`, 'The email address is too long after the @-sign (9 characters too many).'],
  ['a'.repeat(2049), 'Length must not exceed 2048 characters'],
  ['a＠b.it', 'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.'],
  ['a@💩.la', "The part after the @-sign is invalid (Codepoint U+1F4A9 at position 1 of '💩' not allowed)."],
];
const refusedRows: readonly Row[] = reasons.map(([email, reason], index) => [
  `USR-${100 + index}`,
  '3, U1',
  `refuses ${JSON.stringify(email).slice(0, 30)}`,
  mailed(email),
  invalid(noEmail(email, reason)),
]);

const protocolRows: readonly Row[] = [
  [
    'USR-150',
    'U1',
    'refuses what is not JSON with 400',
    raw('{bad'),
    invalid({ ...jsonFault, ctx: { error: 'Expecting property name enclosed in double quotes' } }),
  ],
  [
    'USR-151',
    'U1',
    'misses a body',
    { method: 'POST', path: '/user' },
    invalid({ type: 'missing', loc: ['body'], msg: 'Field required', input: null }),
  ],
  [
    'USR-152',
    'U1',
    'takes no form',
    raw('name=a', 'application/x-www-form-urlencoded'),
    invalid({ type: 'model_attributes_type', loc: ['body'], msg: noModel, input: 'name=a' }),
  ],
  ['USR-160', '0.3', 'allows GET alone on the list', { method: 'POST', path: '/users' }, notAllowed('GET, HEAD')],
  ['USR-161', '0.3', 'allows POST alone on one', '/user', notAllowed('POST')],
  ['USR-162', '0.3', 'has no other path', '/users/1', refused(404, 'Not Found')],
  ['USR-163', '0', 'serves a trailing slash', '/users/', answers(200, people)],
  ['USR-164', '0', 'writes with a trailing slash', { ...create(mario), path: '/user/' }, created],
  [
    'USR-165',
    '3',
    'asks nobody who they are',
    { ...create(mario), headers: { authorization: 'Bearer nobody' } },
    created,
  ],
  [
    'USR-166',
    '3',
    'serves no pages of other origins',
    { path: '/users', headers: { origin: 'https://a.example' } },
    { status: 200, body: people, headers: { 'access-control-allow-origin': undefined } },
  ],
];

/** Everything that the contract says. */
export const statements: readonly Statement[] = [
  ...readRows,
  ...createRows,
  ...acceptedRows,
  ...refusedRows,
  ...protocolRows,
].map((row) => toStatement(row));
