import { expect, test } from '@jest/globals';
import { findOwner } from '../../../server/rest/shared/ownership.js';

const owners = [
  { name: 'films', prefixes: ['/movies', '/watchlist'] },
  { name: 'people', prefixes: ['/users', '/user'] },
  { name: 'accounts', prefixes: ['/user/', '/movie/'] },
];

test.each([
  ['/movies', 'films'],
  ['/movies/', 'films'],
  ['/Movies/1/ratings', 'films'],
  ['/moviesque', undefined],
  ['/movie', undefined],
  ['/movie/', undefined],
  ['/movie/exploration', 'accounts'],
  ['/user', 'people'],
  ['/user/', 'people'],
  ['/user/login', 'accounts'],
  ['/users/login', 'people'],
  ['/', undefined],
  ['', undefined],
])('%j is owned by %j', (path, name) => {
  expect(findOwner(owners, path)?.name).toBe(name);
});
