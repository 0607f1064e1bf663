/** A request as it is recognised when it comes again. */
export interface IdempotentRequest {
  /** A hash of who asks and the key they gave. */
  readonly id: string;
  /** A hash of what they ask. */
  readonly fingerprint: string;
}

/** Whose turn it is: `claimed` works the request out, `answered` has its answer, the others may not. */
export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'inProgress' }
  | { readonly kind: 'otherRequest' };
