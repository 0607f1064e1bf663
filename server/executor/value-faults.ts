import {
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { FieldPlan } from './plan.js';

/** What a scalar or an enum makes of a value. @throws Error when that is nothing */
export function serialize(type: GraphQLLeafType, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized !== null && serialized !== undefined) return serialized;
  const call = `${inspect(type)}.serialize(${inspect(value)})`;
  throw new Error(`Expected \`${call}\` to return non-nullable value, returned: ${inspect(serialized)}`);
}

/** A field that must have a value has none. */
export function missingValue(field: FieldPlan): Error {
  return new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`);
}

/** The value of a list cannot be gone through. */
export function noList(field: FieldPlan): Error {
  return new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`);
}

/** A value is not of the type that it should be of. */
export function wrongType(type: GraphQLObjectType, value: unknown, { nodes }: FieldPlan): Error {
  return new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
}

/** What is known of a value of an interface or a union. */
export interface AbstractValue {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLAbstractType;
  readonly field: FieldPlan;
  readonly value: unknown;
}

/**
 * The type that a value of an interface or a union is of.
 *
 * @param name what `resolveType` says
 * @throws GraphQLError when it is none that there is, or none of these
 */
export function runtimeTypeOf(name: unknown, { schema, type, field, value }: AbstractValue): GraphQLObjectType {
  const { nodes } = field;
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${nameOf(field)}"`;
  if (name === null || name === undefined) {
    const way = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`;
    throw new GraphQLError(`${must}. ${way}`, { nodes });
  }
  if (typeof name !== 'string') {
    throw new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(name)}".`);
  }
  const found = schema.getType(name);
  const resolved = `Abstract type "${type.name}" was resolved to a`;
  if (!found) throw new GraphQLError(`${resolved} type "${name}" that does not exist inside the schema.`, { nodes });
  if (!isObjectType(found)) throw new GraphQLError(`${resolved} non-object type "${name}".`, { nodes });
  if (schema.isSubType(type, found)) return found;
  throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, { nodes });
}

function nameOf({ parent, field }: FieldPlan): string {
  return `${parent.name}.${field.name}`;
}
