import { Field, ID, InterfaceType } from 'type-graphql';
import type { NodeType } from '../shared/global-id.js';

/** What `node` and `nodes` return: a row that says which type it is. */
export interface NodeValue {
  readonly __typename: NodeType;
}

@InterfaceType('Node', {
  description: 'An object with an id that is unique across all types (Relay Global Object Identification).',
  resolveType: (value: NodeValue) => value.__typename,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id!: string;
}
