/**
 * Who may import whom: the layers of docs/architecture.md, as rules without exceptions. Type imports count like any
 * others, because a layer that knows another's types cannot be understood, or removed, without it.
 */

const protocols = [
  'express',
  '@apollo',
  '@as-integrations',
  'graphql',
  'type-graphql',
  'graphql-scalars',
  'graphql-jit',
];
const orm = ['@mikro-orm'];
const sql = ['kysely'];
const drivers = ['mysql2', 'mariadb', 'better-sqlite3'];

/** A pattern for the installed files of these packages, or of every package in these scopes. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
/** Node's own modules, as the code spells them. */
const nodeSqlite = '^(node:)?sqlite$';
const anyDialect = '^server/rest/(?!shared/)([^/]+)/';
const browserCode = '^server/http/(playground/browser|api-docs/build)/';

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Files that need each other cannot be understood, or moved, alone.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'A file that imports nothing and that nothing imports is dead. Only Jest’s configuration names this one.',
    from: { orphan: true, pathNot: '^tests/support/global-teardown[.]ts$' },
    to: {},
  },
  {
    name: 'every-import-resolves',
    comment: 'A path that leads nowhere, or a package that package.json does not name.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'every-package-is-declared',
    comment: 'A package that is only there because another one brought it can be gone tomorrow.',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'production-without-dev-dependencies',
    comment: 'Production installs no devDependencies. The code for the browser is bundled while there still are some.',
    from: { path: '^(server|schema)/', pathNot: browserCode },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'production-without-tests',
    comment: 'Tests use the product, never the other way round.',
    from: { pathNot: '^tests/' },
    to: { path: '^tests/' },
  },
  {
    name: 'domain-reaches-no-protocol',
    comment: 'The domain and what it stands on must not change when a protocol does: not even through other files.',
    from: { path: '^server/(domain|database|storage|identity)/' },
    to: { path: [packages(...protocols), '^server/(http|rest)/', '^schema/'], reachable: true },
  },
  {
    name: 'domain-stands-on-database-and-storage',
    comment: 'Configuration, logging, wiring and the command line are above it. Of tokens it knows what they can say.',
    from: { path: '^server/domain/' },
    to: {
      path: '^(server|schema|infra|tests)/',
      pathNot: ['^server/(domain|database|storage)/', '^server/identity/(token-verifier|session-token)[.]ts$'],
    },
  },
  {
    name: 'identity-proves-and-nothing-else',
    comment: 'Who a proven token is to us, and what they may, is the domain’s business.',
    from: { path: '^server/identity/' },
    to: {
      path: '^(server|schema|infra)/',
      pathNot: '^server/(identity/|config/|(config|logger|domain/errors)[.]ts$)',
    },
  },
  {
    name: 'what-tokens-say-depends-on-nothing',
    comment: 'The domain and the verifier both speak of it.',
    from: { path: '^server/identity/token-verifier[.]ts$' },
    to: { pathNot: '^server/identity/token-verifier[.]ts$' },
  },
  {
    name: 'domain-sql-only-in-repositories',
    comment: 'Rules, policies and loaders work on rows; how these are read is the repositories’ business alone.',
    from: { path: '^server/domain/', pathNot: '[.]repository[.]ts$' },
    to: { path: [packages(...sql), '^server/database/'] },
  },
  {
    name: 'repositories-use-the-database-facade',
    comment:
      'Of server/database a repository needs the open database, keyset pages, prepared statements, many rows at once and the names of faults.',
    from: { path: '^server/domain/' },
    to: { path: '^server/database/', pathNot: '^server/database/(database|keyset|rows|statement|faults)[.]ts$' },
  },
  {
    name: 'domain-orm-only-in-entities',
    comment: 'Entities declare tables with MikroORM’s core; nothing else in the domain knows which mapper there is.',
    from: { path: '^server/domain/', pathNot: '[.]entity[.]ts$' },
    to: { path: packages(...orm) },
  },
  {
    name: 'entities-use-the-core-alone',
    comment: 'A table is declared once for every engine, so its declaration names no driver.',
    from: { path: '^server/domain/.*[.]entity[.]ts$' },
    to: { path: packages(...orm), pathNot: packages('@mikro-orm/core') },
  },
  {
    name: 'drivers-only-in-database',
    comment: 'Which engines there are is known in one folder.',
    from: { path: '^(server|schema)/', pathNot: '^server/database/' },
    to: { path: [packages(...drivers, '@mikro-orm/(?!core/)[^/]+'), nodeSqlite] },
  },
  {
    name: 'edges-without-sql',
    comment: 'GraphQL and REST translate; what they need from the database, a domain service gives them.',
    from: { path: '^(schema|server/rest)/' },
    to: { path: [packages(...orm, ...sql, ...drivers), nodeSqlite, '^server/database/'] },
  },
  {
    name: 'dialects-are-strangers',
    comment: 'A dialect must go when its folder does.',
    from: { path: anyDialect },
    to: { path: anyDialect, pathNot: '^server/rest/$1/' },
  },
  {
    name: 'shared-knows-no-dialect',
    comment: 'What dialects share is mechanics without names.',
    from: { path: '^server/rest/shared/' },
    to: { path: anyDialect },
  },
  {
    name: 'rest-and-graphql-are-strangers',
    comment: 'Two ways in to one domain: neither is built on the other.',
    from: { path: '^server/rest/' },
    to: { path: [packages('graphql', 'type-graphql', 'graphql-scalars', '@apollo', '@as-integrations')] },
  },
  {
    name: 'http-knows-no-protocol',
    comment: 'Health, logging and limits serve every protocol; app.ts hands them what they mount.',
    from: { path: '^server/http/' },
    to: { path: ['^server/rest/', '^schema/'] },
  },
  {
    name: 'only-app-imports-schema',
    comment: 'GraphQL is mounted in one place.',
    from: { pathNot: '^(server/app[.]ts$|schema/|tests/)' },
    to: { path: '^schema/' },
  },
  {
    name: 'only-serve-imports-app',
    comment: 'Everything below the composition root is given what it needs.',
    from: { pathNot: '^(server/serve[.]ts$|tests/)' },
    to: { path: '^server/app[.]ts$' },
  },
  {
    name: 'browser-code-is-apart',
    comment: 'It runs in a browser: of ours it may import the example operations and nothing else.',
    from: { path: browserCode },
    to: { path: '^(server|schema|infra)/', pathNot: [browserCode, '^server/http/playground/examples[.]ts$'] },
  },
  {
    name: 'server-without-browser-code',
    comment: 'The server serves the bundles; it never runs them.',
    from: { pathNot: browserCode },
    to: { path: browserCode },
  },
  {
    name: 'infra-is-a-stranger',
    comment: 'Infrastructure knows the product by its image and its variables.',
    from: { path: '^infra/' },
    to: { path: '^(server|schema)/' },
  },
  {
    name: 'product-without-infra',
    comment: 'The product runs anywhere.',
    from: { path: '^(server|schema)/' },
    to: { path: '^infra/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    // TypeScript 7 has no API for other tools; swc reads the sources instead, type imports included.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
