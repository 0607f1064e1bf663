import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { Execution } from './execution.js';
import { type ObjectPlan, type Operation, planOperation, type Values } from './plan.js';

/** Faults of variables that are told of at once, as graphql-js does. */
const maxVariableErrors = 50;
/** Plans of one operation: as many as there are combinations of what `@skip` and `@include` are told, within reason. */
const maxPlans = 16;

/** An operation that was planned before it is run, and is planned once for all its runs. */
export class CompiledOperation {
  readonly definition: OperationDefinitionNode;
  readonly #operation: Operation;
  /** Names of the variables that `@skip` and `@include` look at. */
  readonly #conditions: readonly string[];
  readonly #plans = new LRUCache<string, ObjectPlan>({ max: maxPlans });

  constructor(operation: Operation) {
    this.definition = operation.definition;
    this.#operation = operation;
    this.#conditions = conditionsOf(operation.document);
  }

  /** What the variables of a request are, with their defaults; or what is wrong with them. */
  coerce(variables: Values | undefined): { readonly values: Values } | { readonly errors: readonly GraphQLError[] } {
    const { schema, definition } = this.#operation;
    const options = { maxErrors: maxVariableErrors };
    const { errors, coerced } = getVariableValues(
      schema,
      definition.variableDefinitions ?? [],
      variables ?? {},
      options,
    );
    return errors ? { errors } : { values: coerced };
  }

  /** Runs it. Does not fail: what resolvers throw is in the answer. @param variables coerced */
  run(variables: Values, context: unknown): ExecutionResult | Promise<ExecutionResult> {
    const operation = this.#operation;
    return new Execution({ operation, plan: this.#planFor(variables), variables, context }).execute();
  }

  #planFor(variables: Values): ObjectPlan {
    const key = this.#conditions.map((name) => String(variables[name])).join();
    const plan = this.#plans.get(key) ?? planOperation(this.#operation, variables);
    this.#plans.set(key, plan);
    return plan;
  }
}

/** Operations of documents that are valid by a schema, compiled once for as long as their document is held. */
export class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #known = new WeakMap<DocumentNode, Map<string, CompiledOperation>>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The operation that is asked for; undefined when the document has none of this name, or several without one. */
  compile(document: DocumentNode, operationName: string | undefined): CompiledOperation | undefined {
    const known = this.#known.get(document) ?? new Map<string, CompiledOperation>();
    this.#known.set(document, known);
    const definition = getOperationAST(document, operationName);
    if (!definition) return undefined;
    const name = definition.name?.value ?? '';
    const compiled = known.get(name) ?? new CompiledOperation(this.#operationOf(document, definition));
    known.set(name, compiled);
    return compiled;
  }

  #operationOf(document: DocumentNode, definition: OperationDefinitionNode): Operation {
    const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
    }
    return { schema: this.#schema, document, definition, fragments };
  }
}

function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
