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
}

/** A program that acts for nobody (OAuth 2.0 client credentials); it may read what is public to the known. */
export interface ServiceViewer {
  readonly kind: 'service';
  readonly clientId: string;
  /** What its token was granted. */
  readonly scopes: ReadonlySet<string>;
}

export const anonymous: AnonymousViewer = Object.freeze({ kind: 'anonymous' });
