import type { MigrationObject } from '@mikro-orm/core';
import { Migration20261122000000 } from './20261122000000-films-ratings-watchlists.js';
import { Migration20261122000100 } from './20261122000100-identity.js';
import { Migration20261122000200 } from './20261122000200-movie-search.js';
import { Migration20261125000010 } from './20261125000010-music.js';
import { Migration20261125000020 } from './20261125000020-playlists.js';
import { Migration20261125000030 } from './20261125000030-images.js';
import { Migration20261125000040 } from './20261125000040-dialect-usage.js';
import { Migration20261125000050 } from './20261125000050-idempotency.js';
import { Migration20261125000100 } from './20261125000100-movie-letters.js';
import { Migration20261125000300 } from './20261125000300-audit-log.js';
import { Migration20261125000400 } from './20261125000400-orders-of-peoples-lists.js';

/** Every migration, oldest first. Names are stored in the database: never rename one that has shipped. */
export const migrations: MigrationObject[] = [
  { name: '20261122000000-films-ratings-watchlists', class: Migration20261122000000 },
  { name: '20261122000100-identity', class: Migration20261122000100 },
  { name: '20261122000200-movie-search', class: Migration20261122000200 },
  { name: '20261125000010-music', class: Migration20261125000010 },
  { name: '20261125000020-playlists', class: Migration20261125000020 },
  { name: '20261125000030-images', class: Migration20261125000030 },
  { name: '20261125000040-dialect-usage', class: Migration20261125000040 },
  { name: '20261125000100-movie-letters', class: Migration20261125000100 },
  { name: '20261125000300-audit-log', class: Migration20261125000300 },
  { name: '20261125000050-idempotency', class: Migration20261125000050 },
  { name: '20261125000400-orders-of-peoples-lists', class: Migration20261125000400 },
];
