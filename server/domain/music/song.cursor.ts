import { encodeCursor, type Order } from '../page.js';
import type { SongOrderField, SongRow } from './song.types.js';

const orderValues = {
  ID: () => null,
  TITLE: (song) => song.titleKey,
  ARTIST: (song) => song.artistKey,
} satisfies Record<SongOrderField, (song: SongRow) => string | null>;

/** The cursor of a song in an order. */
export function songCursor(order: Order<SongOrderField>, song: SongRow): string {
  return encodeCursor(order, { value: orderValues[order.field](song), id: song.id });
}
