import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { requestError } from './errors.js';
import { maxPageSize } from './shared/connection.js';

/** What one operation may ask for; the numbers are documented in docs/graphql.md. */
export const limits = {
  /** Lexical tokens in the document. */
  maxTokens: 2_000,
  /** Fields inside fields, leaves included; the standard introspection query is 15 deep. */
  maxDepth: 15,
  /** Aliases, those in fragments counted each time they are spread. */
  maxAliases: 30,
  /** Fields, counted as aliases are. */
  maxFields: 1_000,
  /** Estimated cost: about as many as the objects that may have to be read. */
  maxCost: 10_000,
} as const;

/** Counting a list may read much of it. */
const countCost = 10;

/** What an operation asks for. */
interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly cost: number;
}

export interface MeasuredOperation {
  readonly schema: GraphQLSchema;
  /** Valid by the schema: fragments exist and have no cycle. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Refuses an operation that asks for too much, before anything runs.
 *
 * @returns its estimated cost
 * @throws GraphQLError (QUERY_TOO_COMPLEX, HTTP 400) that names the limit and what was asked for
 */
export function checkLimits(measured: MeasuredOperation): number {
  const measure = measureOf(measured);
  const bounds = [
    ['depth', measure.depth, limits.maxDepth],
    ['number of aliases', measure.aliases, limits.maxAliases],
    ['number of fields', measure.fields, limits.maxFields],
    ['estimated cost', measure.cost, limits.maxCost],
  ] as const;
  for (const [name, value, most] of bounds) {
    if (value > most) {
      throw requestError(`The ${name} of this operation is ${value}; at most ${most} is allowed.`, 'QUERY_TOO_COMPLEX');
    }
  }
  return measure.cost;
}

/** Of operations without variables, which ask for the same each time they are run. */
const measures = new WeakMap<OperationDefinitionNode, Measure>();

function measureOf(measured: MeasuredOperation): Measure {
  const { operation } = measured;
  if (operation.variableDefinitions?.length) return new Meter(measured).measure();
  const known = measures.get(operation);
  if (known) return known;
  const measure = new Meter(measured).measure();
  measures.set(operation, measure);
  return measure;
}

const nothing: Measure = { depth: 0, aliases: 0, fields: 0, cost: 0 };

function add(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
    cost: a.cost + b.cost,
  };
}

/**
 * Measures an operation. A fragment is measured once and its measure used at every spread, so that the time is linear
 * in the document however often fragments spread each other.
 */
class Meter {
  readonly #operation: MeasuredOperation;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measures = new Map<string, Measure>();
  readonly #variables: Record<string, unknown>;

  constructor(operation: MeasuredOperation) {
    this.#operation = operation;
    for (const definition of operation.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    const definitions = operation.operation.variableDefinitions ?? [];
    const defaults = definitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]);
    this.#variables = { ...Object.fromEntries(defaults), ...operation.variables };
  }

  measure(): Measure {
    const { schema, operation } = this.#operation;
    return this.#measureSet(operation.selectionSet, schema.getRootType(operation.operation));
  }

  #measureSet({ selections }: SelectionSetNode, type: GraphQLNamedType | null | undefined): Measure {
    let sum = nothing;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum = add(sum, this.#measureField(selection, type));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) sum = add(sum, this.#measureFragment(selection.name.value));
      else sum = add(sum, this.#measureSet(selection.selectionSet, this.#conditionOf(selection) ?? type));
    }
    return sum;
  }

  #measureFragment(name: string): Measure {
    const known = this.#measures.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    const measure = fragment ? this.#measureSet(fragment.selectionSet, this.#conditionOf(fragment)) : nothing;
    this.#measures.set(name, measure);
    return measure;
  }

  #measureField(node: FieldNode, parent: GraphQLNamedType | null | undefined): Measure {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const inner = node.selectionSet ? this.#measureSet(node.selectionSet, field && getNamedType(field.type)) : nothing;
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      fields: inner.fields + 1,
      cost: costOf(node) + inner.cost * (field ? this.#lengthOf(node, field) : 1),
    };
  }

  /** How many items a field may return: `first` of a list, as many as `ids`, or one. */
  #lengthOf(node: FieldNode, { args }: GraphQLField<unknown, unknown>): number {
    const argument = args.find(({ name }) => name === 'first' || name === 'ids');
    if (!argument) return 1;
    const given = this.#valueOf(node.arguments?.find(({ name }) => name.value === argument.name)?.value);
    const length = Array.isArray(given) ? given.length : (given ?? argument.defaultValue);
    // Out of bounds, the field itself refuses; what it cannot return costs nothing.
    return typeof length === 'number' && length > 0 ? Math.min(length, maxPageSize) : 1;
  }

  #valueOf(value: ValueNode | undefined): unknown {
    return value && valueFromASTUntyped(value, this.#variables);
  }

  #conditionOf({
    typeCondition,
  }: Pick<FragmentDefinitionNode, never> & { typeCondition?: FragmentDefinitionNode['typeCondition'] }) {
    return typeCondition && typeFromAST(this.#operation.schema, typeCondition);
  }
}

function costOf(node: FieldNode): number {
  if (node.name.value === 'totalCount') return countCost;
  return node.selectionSet ? 1 : 0;
}
