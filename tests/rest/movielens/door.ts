import type { Door } from '../../differential/door.js';
import { send } from '../../support/http.js';

/** The Movie API as one of the ways in: it reads the catalogue, by its own ids. */
export const door: Door = {
  name: 'MovieLens',
  perform: {},
  read: async ({ url, programToken }) => {
    const { body } = await send(`${url}/api/movies?page_size=100`, {
      headers: { authorization: `Bearer ${programToken}` },
    });
    const titles = body.items.map(({ id, title }: { id: number; title: string }) => [id, title]);
    return { movieLensTitles: Object.fromEntries(titles) };
  },
};
