import type { Express } from 'express';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route of a server as `METHOD /path`, those of its routers included. */
export function listRoutes(handler: Express): string[] {
  // Express has no public way to list routes; its router's stack has been the same shape since version 4.
  return routesOf((handler.router as unknown as { stack: readonly Layer[] }).stack);
}

function routesOf(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return routesOf(handle?.stack ?? []);
    // `_all` answers the methods that a path does not have.
    const methods = Object.keys(route.methods).filter((method) => method !== '_all');
    return methods.map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}
