import type { Viewer } from '../viewer.js';

/** Who called, as far as a credential said. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: number }
  | { readonly kind: 'service'; readonly clientId: string };

/** Characters of a caller that are kept. */
const maxLength = 200;

/**
 * A viewer as the counts name them.
 *
 * @param viewer whoever sent the request; where a dialect acted for nobody in particular, the dialect itself
 */
export function callerOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'user':
      return `user:${viewer.userId}`;
    case 'service':
      return viewer.clientId.startsWith('dialect:') ? 'anonymous' : `service:${viewer.clientId}`.slice(0, maxLength);
    default:
      return 'anonymous';
  }
}

/** Who that is. */
export function parseCaller(caller: string): Caller {
  const [kind = ''] = caller.split(':', 1);
  const rest = caller.slice(kind.length + 1);
  if (kind === 'user') return { kind, userId: Number(rest) };
  return kind === 'service' ? { kind, clientId: rest } : { kind: 'anonymous' };
}
