/** Who asks. Made by an edge from a verified credential, never from what a request claims. */
export type Viewer = AnonymousViewer | UserViewer;

export interface AnonymousViewer {
  readonly kind: 'anonymous';
}

export interface UserViewer {
  readonly kind: 'user';
  readonly userId: number;
}

export const anonymous: AnonymousViewer = Object.freeze({ kind: 'anonymous' });
