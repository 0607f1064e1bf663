import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { inParts } from '../../database/rows.js';
import type { LinkLine } from './rows.js';

/** What became of a batch of links. */
export interface LinkOutcome {
  readonly added: number;
  readonly unchanged: number;
}

interface Link extends LinkLine {
  readonly id: number;
}

/** Gives films their ids in other catalogues. */
export class LinkImportRepository {
  readonly #database: Database;
  readonly #movieIds: ReadonlyMap<number, number>;

  /** @param movieIds our ids by MovieLens id; lines of other films are no business of this class */
  constructor(database: Database, movieIds: ReadonlyMap<number, number>) {
    this.#database = database;
    this.#movieIds = movieIds;
  }

  /** Takes a batch in one transaction. An id that a film already has is never replaced. */
  store(lines: readonly LinkLine[]): Promise<LinkOutcome> {
    const links = lines.map((line) => ({ ...line, id: this.#movieIds.get(line.movieLensId) ?? 0 }));
    return this.#database.transaction(async ({ sql: db, audit }) => {
      const missing = await withoutPresent(db, links);
      for (const part of inParts(missing, 100)) await update(db, part);
      const outcome = { added: missing.length, unchanged: links.length - missing.length };
      if (missing.length > 0) await audit({ action: 'movie.importLinks', subjectId: null, after: outcome });
      return outcome;
    });
  }
}

async function withoutPresent(db: Kysely<Tables>, links: readonly Link[]): Promise<Link[]> {
  const ids = links.map(({ id }) => id);
  const rows = await db.selectFrom('movies').select(['id', 'imdb_id', 'tmdb_id']).where('id', 'in', ids).execute();
  const present = new Map(rows.map((row) => [row.id, row]));
  return links
    .filter(({ id, imdbId, tmdbId }) => {
      const row = present.get(id);
      return (imdbId !== null && row?.imdb_id == null) || (tmdbId !== null && row?.tmdb_id == null);
    })
    .sort((a, b) => a.id - b.id);
}

async function update(db: Kysely<Tables>, links: readonly Link[]): Promise<void> {
  await db
    .updateTable('movies')
    .set({
      imdb_id: sql<string | null>`coalesce(imdb_id, ${byId(links, ({ imdbId }) => imdbId)})`,
      tmdb_id: sql<string | null>`coalesce(tmdb_id, ${byId(links, ({ tmdbId }) => tmdbId)})`,
    })
    .where(
      'id',
      'in',
      links.map(({ id }) => id),
    )
    .execute();
}

function byId(links: readonly Link[], valueOf: (link: Link) => string | null): RawBuilder<unknown> {
  const cases = links.map((link) => sql`when ${link.id} then ${valueOf(link)}`);
  return sql`case id ${sql.join(cases, sql` `)} end`;
}
