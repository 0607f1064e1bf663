import { type GraphQLResolveInfo, Kind } from 'graphql';
import { askedOnlyFor } from '../shared/asked-fields.js';

/** Whether short rows have all that is asked of a list of films, and of what hangs on them. */
export const isShortList = askedOnlyFor(
  '__typename nodes edges node totalCount pageInfo hasNextPage hasPreviousPage ' +
    'id databaseId title year averageRating ratingCount genres ratings viewer ' +
    'score comment user name username rating watchlistItem watched',
);

/** Whether a film's id and title are all that is asked of it. */
export const isTitleOnly = askedOnlyFor('__typename id databaseId title');

/** Whether a film's own genres are asked for, where whoever reads the operation sees it at once. */
export function asksForGenres({ fieldNodes }: Pick<GraphQLResolveInfo, 'fieldNodes'>): boolean {
  return fieldNodes.some(({ selectionSet }) =>
    selectionSet?.selections.some((part) => part.kind === Kind.FIELD && part.name.value === 'genres'),
  );
}
