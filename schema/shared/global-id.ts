import { InvalidError } from '../../server/domain/errors.js';

/** The types that `node(id)` can find. */
export const nodeTypes = [
  'Movie',
  'Rating',
  'WatchlistItem',
  'User',
  'Song',
  'LibraryEntry',
  'Playlist',
  'PlaylistEntry',
] as const;
export type NodeType = (typeof nodeTypes)[number];

export interface NodeKey {
  readonly type: NodeType;
  readonly databaseId: number;
}

/** The global id of an object: opaque to clients, unique across types (Relay's Global Object Identification). */
export function toGlobalId(type: NodeType, databaseId: number): string {
  return Buffer.from(`${type}:${databaseId}`).toString('base64url');
}

/** Reads a global id back; undefined when it is not one of ours. */
export function parseGlobalId(id: string): NodeKey | undefined {
  const match = /^(\w+):([1-9]\d{0,9})$/.exec(Buffer.from(id, 'base64url').toString('latin1'));
  const type = nodeTypes.find((candidate) => candidate === match?.[1]);
  const databaseId = Number(match?.[2]);
  return type && toGlobalId(type, databaseId) === id ? { type, databaseId } : undefined;
}

/**
 * The database id behind an argument that takes a global id, or the plain `databaseId` that REST clients hold.
 *
 * @throws InvalidError naming the argument and the type it wants
 */
export function parseIdOf(type: NodeType, id: string, argument: string): number {
  if (/^[1-9]\d{0,9}$/.test(id)) return Number(id);
  const key = parseGlobalId(id);
  if (key?.type !== type) throw new InvalidError(argument, `the id (or databaseId) of a ${type}`);
  return key.databaseId;
}
