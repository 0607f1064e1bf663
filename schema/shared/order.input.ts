import { registerEnumType } from 'type-graphql';
import type { Direction } from '../../server/domain/page.js';

/** The GraphQL side of `Direction`. */
export const OrderDirection = { ASC: 'asc', DESC: 'desc' } as const satisfies Record<string, Direction>;

registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which way a list is ordered. Items without a value come first ascending and last descending.',
  valuesConfig: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } },
});
