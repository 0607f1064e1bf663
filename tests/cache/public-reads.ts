import type { Door, Stage } from '../differential/door.js';
import { send, type TestResponse } from '../support/http.js';

/** One thing that anyone may ask. */
export interface PublicRead {
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Everything that anyone may ask through any door: pages, single things, things that are not there, people. */
export function publicReads(doors: readonly Door[], stage: Stage): readonly PublicRead[] {
  const rest = doors.flatMap(({ publicPaths }) => publicPaths?.(stage) ?? []).map((path) => ({ path }));
  return [...rest, ...graphqlReads(stage), getOf('{ movies(first: 3) { nodes { title averageRating } } }')];
}

const queries = [
  '{ movies(first: 10) { totalCount nodes { databaseId title averageRating ratingCount genres posterUrl } } }',
  '{ movies(first: 2, orderBy: { field: AVERAGE_RATING, direction: DESC }) { nodes { databaseId averageRating } } }',
  '{ movies(first: 2, orderBy: { field: RATING_COUNT, direction: DESC }) { nodes { databaseId } pageInfo { endCursor } } }',
  '{ movies(first: 2, filter: { minAverage: 2.5 }) { totalCount nodes { databaseId ratingCount } } }',
  '{ movies(first: 2, filter: { text: "film" }, orderBy: { field: TITLE }) { nodes { databaseId averageRating } } }',
  `{ movies(first: 4) { nodes { databaseId ratings(first: 2, orderBy: { field: CREATED_AT, direction: DESC }) {
    totalCount nodes { score comment updatedAt user { name } } } } } }`,
  '{ songs(first: 10) { totalCount nodes { databaseId title artist } } genres }',
  '{ viewer { name } movies(first: 1) { nodes { viewer { rating { score } } } } }',
];

function graphqlReads({ films, people }: Stage): PublicRead[] {
  const film = 'query ($id: Int) { movie(databaseId: $id) { title averageRating ratings { nodes { score } } } }';
  const person = 'query ($id: ID!) { user(id: $id) { name username ratings(first: 5) { nodes { score } } } }';
  return [
    ...queries.map((query) => postOf({ query })),
    ...films.map(({ id }) => postOf({ query: film, variables: { id } })),
    ...people.map(({ id }) => postOf({ query: person, variables: { id: String(id) } })),
  ];
}

function postOf(body: unknown): PublicRead {
  return { path: '/graphql', body };
}

function getOf(query: string): PublicRead {
  return { path: `/graphql?query=${encodeURIComponent(query)}`, headers: { 'apollo-require-preflight': 'true' } };
}

/** Headers that are one response's own. */
const ownHeaders = ['date', 'x-request-id', 'ratelimit', 'ratelimit-policy', 'connection', 'keep-alive'];

/** What a server answers: all that two servers must agree on. */
export async function ask(url: string, { path, headers = {}, body }: PublicRead): Promise<unknown> {
  const response = await send(url + path, { headers, ...(body !== undefined && { body }) });
  return { path, body, ...comparable(response) };
}

function comparable({ status, headers, text }: TestResponse) {
  const shared = [...headers].filter(([name]) => !ownHeaders.includes(name));
  return { status, headers: Object.fromEntries(shared), text };
}
