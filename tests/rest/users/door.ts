import type { Door } from '../../differential/door.js';
import { send } from '../../support/http.js';

/** The Users API as one of the ways in: it makes people, and lists them. */
export const door: Door = {
  name: 'Users',
  publicPaths: () => ['/users'],
  perform: {
    createUser: async ({ name, email }, { url }) => {
      const { status, body, text } = await send(`${url}/user`, { body: { name, email } });
      if (status === 400 && body.detail === 'Email already exists') return { outcome: 'emailTaken' };
      if (status !== 200) throw new Error(`Users answered ${status} ${text}`);
      return { outcome: 'created', id: body.id };
    },
  },
  read: async ({ url }) => {
    const { body } = await send(`${url}/users`);
    return { users: body.map(({ id, name, email }: Record<string, unknown>) => ({ id, name, email })) };
  },
};
