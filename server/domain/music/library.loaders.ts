import DataLoader from 'dataloader';
import type { KeysetPage, KeysetRequest } from '../page.js';
import type { LibraryRepository } from './library.repository.js';
import type { LibraryEntryRow, LibraryOrderField } from './library.types.js';

type PageLoader = DataLoader<number, KeysetPage<LibraryEntryRow>>;

/** Batches for one request; whether the viewer may see a library is asked before one is loaded. */
export interface LibraryLoaders {
  /** One page of the libraries of many users: the same page for all of them. */
  ofUsers(request: KeysetRequest<LibraryOrderField>): PageLoader;
  /** Forgets what was read: after a write, what follows in the same request must read again. */
  clear(): void;
}

export function createLibraryLoaders(libraries: LibraryRepository): LibraryLoaders {
  const pages = new Map<string, PageLoader>();
  return {
    ofUsers: (request) => {
      const key = JSON.stringify([request.first, request.after ?? null, request.order]);
      const loader = pages.get(key) ?? new DataLoader((userIds) => libraries.listByUsers(userIds, request));
      pages.set(key, loader);
      return loader;
    },
    clear: () => pages.clear(),
  };
}
