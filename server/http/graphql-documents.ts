import { createHash } from 'node:crypto';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** A document that Apollo has let through. */
export interface KnownDocument {
  readonly document: DocumentNode;
  /** Of its text: SHA-256, in hexadecimal digits. */
  readonly queryHash: string;
}

/** Parsed documents are many times as large as their text. */
const maxDocumentLength = 16 * 1024;
const maxLength = 1024 * 1024;

/** The documents that were sent most lately, by their text. */
export class KnownDocuments {
  readonly #documents = new LRUCache<string, KnownDocument>({
    maxSize: maxLength,
    maxEntrySize: maxDocumentLength,
    sizeCalculation: (_known, text) => Math.max(1, text.length),
  });

  find(text: string): KnownDocument | undefined {
    return this.#documents.get(text);
  }

  /** Notes each document that is parsed and valid. */
  get plugin(): ApolloServerPlugin<BaseContext> {
    return {
      requestDidStart: async () => ({
        didResolveOperation: async ({ source, document }) => {
          if (this.#documents.has(source)) return;
          this.#documents.set(source, { document, queryHash: createHash('sha256').update(source).digest('hex') });
        },
      }),
    };
  }
}
