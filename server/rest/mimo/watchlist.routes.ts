import type { RequestHandler } from 'express';
import { ConflictError, NotFoundError } from '../../domain/errors.js';
import type { ReadHandler } from '../../http/read-lane.js';
import { noId, parseId, toId } from '../shared/ids.js';
import { sendJsonWithCharset } from '../shared/json.js';
import { scopeOf } from './auth.js';
import { parseBody } from './body.js';
import { presentCollection } from './envelope.js';
import { parsePaging, toOffset } from './paging.js';
import { parsePathId } from './path-ids.js';
import { presentItem, presentListedItem } from './watchlist.presenter.js';
import { itemChangeSchema, newItemSchema } from './watchlist.schema.js';

interface OwnerPath {
  userId: string;
}

interface ItemPath extends OwnerPath {
  itemId: string;
}

/** `GET /watchlist/:userId` (MIMO 1.8). 401, 403. */
export const listWatchlist: ReadHandler<OwnerPath> = async (request, response) => {
  const paging = parsePaging(request.query);
  const page = await scopeOf(response).watchlists.listByOffset(parseOwner(request.params), toOffset(paging));
  sendJsonWithCharset(response, presentCollection(page, paging, presentListedItem));
};

/** `POST /watchlist/:userId/items` (MIMO 1.9). 401, 422, 403, 404, 409. */
export const addItem: RequestHandler<OwnerPath> = async (request, response) => {
  const { movieId, watched } = parseBody(newItemSchema, request);
  const userId = parseOwner(request.params);
  const { outcome, item } = await scopeOf(response).watchlists.add(userId, toId(movieId), watched);
  if (outcome === 'alreadyPresent') throw new ConflictError('alreadyInWatchlist');
  response.status(201).location(`/watchlist/${userId}/items/${item.id}`);
  sendJsonWithCharset(response, presentItem(item));
};

/** `PATCH /watchlist/:userId/items/:itemId` (MIMO 1.10). 401, 400, 422, 403, 404. */
export const updateItem: RequestHandler<ItemPath> = async (request, response) => {
  const itemId = parsePathId(request.params.itemId, 'item');
  const { watched } = parseBody(itemChangeSchema, request);
  const item = await scopeOf(response).watchlists.setWatched(parseOwner(request.params), itemId, watched);
  sendJsonWithCharset(response, presentItem(item));
};

/** `DELETE /watchlist/:userId/items/:itemId` (MIMO 1.11). 401, 400, 403, 404. */
export const removeItem: RequestHandler<ItemPath> = async (request, response) => {
  const itemId = parsePathId(request.params.itemId, 'item');
  const outcome = await scopeOf(response).watchlists.remove(parseOwner(request.params), itemId);
  if (outcome === 'absent') throw new NotFoundError('watchlistItem');
  response.status(204).end();
};

/** Whose list a path means; what is not an id is nobody, so that it reads as anyone else's (MIMO 1.8, 1.13 M9). */
function parseOwner({ userId }: OwnerPath): number {
  return parseId(userId) ?? noId;
}
