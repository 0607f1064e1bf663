import type { InferKyselyDB } from '@mikro-orm/sql';
import type { entities } from './entities.js';

/** The tables as Kysely sees them: column names as stored. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;
