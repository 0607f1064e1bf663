import { demoMovies } from '../../../server/database/seeds/demo-data.js';
import { anyInstant } from '../../support/conformance.js';

/** Averages after seeding, as documented (MIMO 1.12). */
const averages: Readonly<Record<number, number>> = { 1: 4.25, 2: 4.75, 3: 4.5, 4: 4, 5: 5, 6: 5, 7: 4, 9: 5 };

/** A demo film as the dialect shows it. */
export function film(id: number) {
  const [title, , , genre, duration] = demoMovies[id - 1] ?? [];
  return { id, title, genre, duration, rating: averages[id] ?? null };
}

/** The demo films from one id to another. */
export function films(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => film(from + index));
}

export function refused(text: string) {
  return { error: text, message: text };
}

/** A 422 about one field: Joi's detail, in Joi's order of keys. */
export function invalid(path: string[], type: string, message: string, context: object) {
  return { message, error: [{ message, path, type, context }] };
}

/** Joi's detail about a field of the body. */
export function invalidField(field: string, type: string, says: string, context: object) {
  return invalid([field], type, `"${field}" ${says}`, { ...context, label: field, key: field });
}

/** As `invalidField`, for the rules whose context begins with the label. */
export function invalidValue(field: string, type: string, says: string, value: unknown) {
  return invalid([field], type, `"${field}" ${says}`, { label: field, value, key: field });
}

/** As `invalidField`, for a key that no one asked for. */
export function unknownKey(key: string, value: unknown) {
  return invalid([key], 'object.unknown', `"${key}" is not allowed`, { child: key, label: key, value, key });
}

export const firstRating = {
  id: 1,
  movieId: 1,
  userId: 1,
  rating: 4.5,
  comment: 'Increíble película, muy compleja',
  createdAt: anyInstant,
};
export const secondRating = {
  id: 4,
  movieId: 1,
  userId: 2,
  rating: 4,
  comment: 'Muy buena, aunque hay que verla dos veces',
  createdAt: anyInstant,
};
