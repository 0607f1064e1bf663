/** A key as its owner sees it. */
export interface ApiKeyRow {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  /** The first characters of the key. */
  readonly prefix: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** A key just made, with the only copy of it there will ever be. */
export interface NewApiKey {
  readonly apiKey: ApiKeyRow;
  readonly secret: string;
}
