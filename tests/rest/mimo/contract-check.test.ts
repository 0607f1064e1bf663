import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { send } from '../../support/http.js';
import { type Replier, type Reply, startReplier } from '../../support/replier.js';
import { exchange } from '../../support/wire.js';

const film = { id: 1, title: 'Inception', genre: 'Sci-Fi', duration: 148, rating: 4.25 };

describe('a response of MIMO that its contract does not describe fails the test that got it', () => {
  let replier: Replier;
  beforeEach(async () => {
    replier = await startReplier();
  });
  afterEach(() => replier.close());

  test.each<[string, string, Reply, string]>([
    ['another property', '/movies/1', { body: { ...film, director: null } }, 'must NOT have additional properties'],
    ['a missing one', '/movies/1', { body: { ...film, rating: undefined } }, "must have required property 'rating'"],
    ['another type', '/movies/1', { body: { ...film, id: '1' } }, 'it/id must be integer'],
    ['a status that is not listed', '/movies/1', { status: 418, body: film }, 'it lists 200, 304, 400'],
    ['another content type', '/movies/1', { headers: { 'content-type': 'text/html' }, body: film }, 'not text/html'],
    ['an unknown path that is there', '/movies/1/nothing', { body: film }, 'it lists 400, 401, 403, 404'],
    ['a path in other case, with a slash', '/Movies/1/', { body: {} }, 'must have required property'],
  ])('%s', async (_what, path, reply, problem) => {
    replier.reply = reply;
    await expect(send(replier.url + path)).rejects.toThrow(problem);
    await expect(exchange(replier.url, { path })).rejects.toThrow(problem);
  });

  test('while one that it does is let pass', async () => {
    replier.reply = { body: film };
    expect((await send(`${replier.url}/movies/1`)).body).toEqual(film);
  });
});
