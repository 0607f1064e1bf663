import type { GraphQLFieldResolver } from 'graphql';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type PlainResolver = (source: unknown) => unknown;

const plainResolvers = new WeakMap<Resolver, PlainResolver>();

/** A resolver that looks at the parent's value alone: the executor calls it with that and with nothing else. */
export function plainResolver(resolve: PlainResolver): Resolver {
  const resolver: Resolver = (source) => resolve(source);
  plainResolvers.set(resolver, resolve);
  return resolver;
}

/** What `plainResolver` was told; undefined for any other resolver. */
export function plainResolverOf(resolver: Resolver | undefined): PlainResolver | undefined {
  return resolver && plainResolvers.get(resolver);
}
