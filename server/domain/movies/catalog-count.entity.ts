import { defineEntity, p } from '@mikro-orm/core';

/**
 * Totals of the catalogue, kept by the same transaction that adds to it, so that a page's total never costs a scan.
 * Rows: `movies` (all films), `movieLensMovies` (those with a MovieLens id) and `songs`.
 */
export const CatalogCount = defineEntity({
  name: 'CatalogCount',
  tableName: 'catalog_counts',
  properties: {
    name: p.string().length(50).primary(),
    value: p.integer(),
  },
});
