import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { send } from '../../support/http.js';
import { type Replier, startReplier } from '../../support/replier.js';

let replier: Replier;
beforeEach(async () => {
  replier = await startReplier();
});
afterEach(() => replier.close());

test('a refusal without the header that its contract names fails the test that got it', async () => {
  replier.reply = { status: 401, body: { detail: '' } };
  await expect(send(`${replier.url}/api/movies`)).rejects.toThrow('the header WWW-Authenticate is missing');
});
