import { type GraphQLSchema, isObjectType } from 'graphql';
import { plainResolver } from '../server/executor/plain-field.js';

/** The part of a resolver class that computes fields from the row alone. */
type PlainFields<Names extends string> = { readonly [Name in Names]: (row: never) => unknown };

/**
 * Resolves fields at once, with the method of their resolver class and nothing around it: type-graphql makes a promise
 * of every field with a method, twenty for each page of twenty films, although the value is there with the row.
 *
 * @param fields an instance of the resolver class
 * @param names the methods; they take the row and nothing else, and use no `this`
 */
export function resolvePlainly<Names extends string>(
  schema: GraphQLSchema,
  type: string,
  { fields, names }: { readonly fields: PlainFields<Names>; readonly names: readonly Names[] },
): void {
  const object = schema.getType(type);
  if (!isObjectType(object)) throw new Error(`There is no type ${type}.`);
  for (const name of names) {
    const field = object.getFields()[name];
    if (!field) throw new Error(`${type} has no field ${name}.`);
    field.resolve = plainResolver(fields[name] as (row: unknown) => unknown); // the type's rows are what its resolver takes
  }
}
