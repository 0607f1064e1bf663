import { readText, readWhole, type Variables } from './variables.js';

/** Which documents GraphQL runs, and who may keep its answers. */
export interface GraphqlConfig {
  /** File of the only documents that are run; undefined: any. */
  readonly manifest: string | undefined;
  /** How long anyone may use a public answer to a GET without asking again. */
  readonly maxAgeSeconds: number;
}

/** What a process can be told about GraphQL. @throws ConfigError */
export function readGraphql(variables: Variables): GraphqlConfig {
  return {
    manifest: readText(variables, 'GRAPHQL_MANIFEST'),
    maxAgeSeconds: readWhole(variables, 'GRAPHQL_MAX_AGE', { fallback: 0, min: 0, max: 86_400 }),
  };
}
