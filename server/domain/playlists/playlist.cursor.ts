import { encodeCursor, type Order } from '../page.js';
import type { PlaylistEntryOrderField, PlaylistEntryRow, PlaylistOrderField, PlaylistRow } from './playlist.types.js';

const entryValues = {
  POSITION: (entry) => entry.position,
  ADDED_AT: (entry) => entry.addedAt,
} satisfies Record<PlaylistEntryOrderField, (entry: PlaylistEntryRow) => number>;

/** The cursor of a playlist in an order. */
export function playlistCursor(order: Order<PlaylistOrderField>, { id }: PlaylistRow): string {
  return encodeCursor(order, { value: null, id });
}

/** The cursor of an entry in an order of its playlist. */
export function playlistEntryCursor(order: Order<PlaylistEntryOrderField>, entry: PlaylistEntryRow): string {
  return encodeCursor(order, { value: entryValues[order.field](entry), id: entry.id });
}
