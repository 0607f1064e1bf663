import { noId, toId } from '../shared/ids.js';
import type { Validated } from '../shared/pydantic.js';
import { validateInteger } from '../shared/pydantic-values.js';

/** The path of a user. */
export interface UserPath {
  userId: string;
}

/** Whom a path means (Music 2): any integer, of which only those a row can have are looked for. */
export function validateUserId({ userId }: UserPath): Validated<bigint> {
  return validateInteger(['path', 'usuario_id'], userId);
}

/** An integer of any size as an id; `noId` for what no row can have. */
export function toRowId(value: bigint): number {
  return value < 1n ? noId : toId(Number(value));
}
