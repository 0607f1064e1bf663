import type { RequestHandler } from 'express';
import type { RequestScope } from '../../request-scope.js';
import { jsonWithCharset, sendJsonText } from '../shared/json.js';
import { writeLongList } from './long-list.js';
import { presentMovie } from './movies.presenter.js';

/** By which language titles are sorted: the dialect's clients are Spanish. */
const locale = 'es';

/** `GET /movie/exploration`: the whole catalogue, by title. Read anew each time, because there is no page to be late for. */
export function explore({ movies, images }: RequestScope): RequestHandler {
  return async (_request, response) => {
    const films = await movies.listByTitle(locale);
    const text = await writeLongList('peliculas', films, (film) => presentMovie(film, images));
    sendJsonText(response, text, { type: jsonWithCharset });
  };
}
