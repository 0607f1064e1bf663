import type { Database } from '../../server/database/database.js';
import { ApiKeyRepository } from '../../server/domain/api-keys/api-key.repository.js';
import { indexLetters } from '../../server/domain/movies/movie-letter.repository.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { UserRepository } from '../../server/domain/users/user.repository.js';
import type { UserRow } from '../../server/domain/users/user.types.js';

let count = 0;

/** Stores a user with a key; only what matters to the test need be said. */
export async function createUser(
  database: Database,
  {
    name = `User ${++count}`,
    active = true,
    role = 'user',
  }: { name?: string; active?: boolean; role?: UserRow['role'] } = {},
): Promise<UserRow & { apiKey: string }> {
  const user = await new UserRepository(database).create({ name });
  const { secret: apiKey } = await new ApiKeyRepository(database).create(user.id, 'test');
  await database.sql.updateTable('users').set({ active, role }).where('id', '=', user.id).execute();
  return { ...user, active, role, apiKey };
}

/** Stores an unrated film and counts it. @returns its id */
export async function createMovie(
  database: Database,
  {
    title = `Film ${++count}`,
    year = null,
    director = null,
  }: { title?: string; year?: number | null; director?: string | null } = {},
): Promise<number> {
  return database.transaction(async ({ sql }) => {
    const row = { ...movieTexts({ title, year, director }), year, director, created_at: Date.now() };
    const { insertId } = await sql.insertInto('movies').values(row).executeTakeFirstOrThrow();
    await indexLetters(sql, [Number(insertId)]);
    const { numUpdatedRows } = await sql
      .updateTable('catalog_counts')
      .set((eb) => ({ value: eb('value', '+', 1) }))
      .where('name', '=', 'movies')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) await sql.insertInto('catalog_counts').values({ name: 'movies', value: 1 }).execute();
    return Number(insertId);
  });
}
