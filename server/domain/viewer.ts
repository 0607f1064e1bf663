import type { UserRow } from './users/user.types.js';

/** Who asks. Made by an edge from a verified credential, never from what a request claims. */
export type Viewer = AnonymousViewer | UserViewer | ServiceViewer;

export interface AnonymousViewer {
  readonly kind: 'anonymous';
}

export interface UserViewer {
  readonly kind: 'user';
  readonly userId: number;
  readonly role: 'user' | 'admin';
  /** The session that the request came with, when it did. */
  readonly sessionId?: string;
  /** What their token was granted; absent for credentials that are not granted anything in particular. */
  readonly scopes?: ReadonlySet<string>;
  /** The person as they were when their credential was verified, where that had to read it: it need not be read again. */
  readonly user?: UserRow;
}

/** A program that acts for nobody (OAuth 2.0 client credentials); it may read what is public to the known. */
export interface ServiceViewer {
  readonly kind: 'service';
  readonly clientId: string;
  /** What its token was granted. */
  readonly scopes: ReadonlySet<string>;
}

export const anonymous: AnonymousViewer = Object.freeze({ kind: 'anonymous' });

/** What a program can be granted beyond what is public: to keep people, songs, or everyone's library. */
export type ServiceScope = 'users:write' | 'songs:write' | 'libraries:write';

/** Whether the viewer is a person who keeps the platform. */
export function isAdmin(viewer: Viewer): boolean {
  return viewer.kind === 'user' && viewer.role === 'admin';
}

/** Whether the viewer is a program that was granted this; a person's token grants nothing that the person may not do. */
export function isGrantedService(viewer: Viewer, scope: ServiceScope): boolean {
  return viewer.kind === 'service' && viewer.scopes.has(scope);
}
