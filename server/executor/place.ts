import { type GraphQLError, locatedError } from 'graphql';
import type { FieldPlan, ValuePlan } from './plan.js';

/** Where in an answer a value goes. */
export interface Place {
  /** Undefined for the whole of the data. */
  readonly parent: Place | undefined;
  /** The object or list that the value is put into, */
  readonly container: object;
  /** under this key, or at this index. */
  readonly key: string | number;
  /** The field that the value is of; undefined for the whole of the data. */
  readonly field: FieldPlan | undefined;
  readonly nonNull: boolean;
  /** Whether the value has become null because of an error in it. */
  dead: boolean;
}

/** An object of an answer, and its own place. */
export interface Into {
  readonly container: Record<string, unknown>;
  readonly parent: Place;
}

/** The place of the whole of the data. */
export function rootPlace(container: object, key: string): Place {
  return { parent: undefined, container, key, field: undefined, nonNull: false, dead: false };
}

/** The place of a field's value. */
export function placeOf(field: FieldPlan, { container, parent }: Into): Place {
  return { parent, container, key: field.key, field, nonNull: field.value.nonNull, dead: false };
}

/** The place of a list's next item. */
export function itemPlaceOf(list: unknown[], { nonNull }: ValuePlan, parent: Place): Place {
  return { parent, container: list, key: list.length, field: parent.field, nonNull, dead: false };
}

/** Puts a value where it belongs. */
export function put({ container, key }: Place, value: unknown): void {
  (container as Record<string | number, unknown>)[key] = value; // a list is one as well
}

/** Makes null of a value that could not be had, or else of the nearest around it that may be null. */
export function kill(place: Place): void {
  let at = place;
  while (at.nonNull && at.parent) {
    at.dead = true;
    at = at.parent;
  }
  at.dead = true;
  put(at, null);
}

/** Whether what goes here is a part of something that has become null. */
export function isLost(place: Place): boolean {
  for (let at: Place | undefined = place; at; at = at.parent) if (at.dead) return true;
  return false;
}

/** An error at a place, as the answer shows it. */
export function errorAt(place: Place, error: unknown): GraphQLError {
  const path: (string | number)[] = [];
  for (let at = place; at.parent; at = at.parent) path.push(at.key);
  return locatedError(error, place.field?.nodes, path.toReversed());
}

/** The place of the field that a value is of, or is in a list of. */
export function fieldPlaceOf(place: Place): Place {
  let at = place;
  while (typeof at.key === 'number' && at.parent) at = at.parent;
  return at;
}
