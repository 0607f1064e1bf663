import { type ClassType, Field, Int, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'Where a page stands in its list (Relay).', simpleResolvers: true })
class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are items after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for with a cursor, so that items precede it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item; null for an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item: give it as `after` to get the next page.',
  })
  endCursor!: string | null;
}

/** Declares `<Name>Connection` and `<Name>Edge` for an item type; their values are `Connection` objects. */
export function createConnectionType(name: string, itemType: ClassType, items: string): ClassType {
  @ObjectType(`${name}Edge`, { description: `One of ${items}, with its place in the list.`, simpleResolvers: true })
  class EdgeType {
    @Field(() => itemType, { description: 'The item itself.' })
    node!: object;

    @Field(() => String, { description: 'The place of this item in this order; opaque.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${items}.`, simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The items with their cursors.' })
    edges!: EdgeType[];

    @Field(() => [itemType], { description: 'The items alone, for clients that page by `pageInfo` only.' })
    nodes!: object[];

    @Field(() => PageInfoType, { description: 'Where this page stands.' })
    pageInfo!: PageInfoType;

    @Field(() => Int, { description: 'How many items the whole list has; counted only when asked for.' })
    totalCount!: number;
  }
  return ConnectionType;
}
