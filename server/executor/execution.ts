import { defaultTypeResolver, type ExecutionResult, type GraphQLError, OperationTypeNode } from 'graphql';
import {
  errorAt,
  fieldPlaceOf,
  type Into,
  isLost,
  itemPlaceOf,
  kill,
  type Place,
  placeOf,
  put,
  rootPlace,
} from './place.js';
import {
  type AbstractPlan,
  argumentsOf,
  type FieldPlan,
  type LeafPlan,
  type ObjectPlan,
  type Operation,
  type ValuePlan,
  type Values,
} from './plan.js';
import { ResolveInfo } from './resolve-info.js';
import { missingValue, noList, runtimeTypeOf, serialize, wrongType } from './value-faults.js';

/** What one run of an operation is made of. */
export interface Run {
  readonly operation: Operation;
  readonly plan: ObjectPlan;
  /** Coerced. */
  readonly variables: Values;
  readonly context: unknown;
}

/** A value that is to be completed. */
interface Completing<Plan = ValuePlan> {
  readonly plan: Plan;
  readonly field: FieldPlan;
  readonly place: Place;
}

/**
 * One run of a planned operation (GraphQL specification, section 6). Values go to their places as they come, and the
 * answer is there when none is awaited any more: there are no promises but those of resolvers.
 */
export class Execution {
  readonly #run: Run;
  readonly #errors: GraphQLError[] = [];
  readonly #answer: { data: Record<string, unknown> | null } = { data: null };
  readonly #root = rootPlace(this.#answer, 'data');
  #awaited = 0;
  #onIdle: (() => void) | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** @returns the answer; at once when nothing in it has to be waited for */
  execute(): ExecutionResult | Promise<ExecutionResult> {
    const { plan, operation } = this.#run;
    if (operation.definition.operation === OperationTypeNode.MUTATION) return this.#executeSerially();
    this.#fill(this.#root, this.#completeFields(plan, undefined, this.#root));
    return this.#awaited === 0 ? this.#result() : this.#idle().then(() => this.#result());
  }

  async #executeSerially(): Promise<ExecutionResult> {
    const { plan } = this.#run;
    const into = { container: plan.createResult(), parent: this.#root };
    put(this.#root, into.container);
    for (const field of plan.fields) {
      this.#completeField(field, undefined, into);
      if (this.#awaited > 0) await this.#idle();
      if (this.#root.dead) break;
    }
    return this.#result();
  }

  #result(): ExecutionResult {
    const { data } = this.#answer;
    return this.#errors.length === 0 ? { data } : { errors: this.#errors, data };
  }

  #completeFields(plan: ObjectPlan, source: unknown, parent: Place): object {
    const into = { container: plan.createResult(), parent };
    for (const field of plan.fields) {
      this.#completeField(field, source, into);
      if (parent.dead) break;
    }
    return into.container;
  }

  #completeField(field: FieldPlan, source: unknown, into: Into): void {
    const { light } = field;
    const place = light ? undefined : placeOf(field, into);
    try {
      const value = this.#resolve(field, source, place ?? into);
      if (light && !isPromise(value)) into.container[field.key] = completeLeaf(value, light, field);
      else this.#complete(value, { plan: field.value, field, place: place ?? placeOf(field, into) });
    } catch (error) {
      this.#fail(place ?? placeOf(field, into), error);
    }
  }

  #resolve(field: FieldPlan, source: unknown, at: Place | Into): unknown {
    const { plain, resolve } = field;
    if (plain) return plain(source);
    if (resolve) return resolve(source, this.#argumentsOf(field), this.#run.context, this.#infoOf(field, at));
    if (typeof source !== 'function' && (typeof source !== 'object' || source === null)) return undefined;
    const value = (source as Values)[field.field.name]; // whatever it is, it may have properties
    if (typeof value !== 'function') return value;
    return Reflect.apply(value, source, [this.#argumentsOf(field), this.#run.context, this.#infoOf(field, at)]);
  }

  #argumentsOf(field: FieldPlan): Values {
    return field.fixedArgs ?? argumentsOf(field, this.#run.variables);
  }

  #infoOf(field: FieldPlan, at: Place | Into): ResolveInfo {
    return new ResolveInfo(field, 'key' in at ? fieldPlaceOf(at) : placeOf(field, at), this.#run);
  }

  /** Puts what becomes of a resolver's value into its place, now or when it is there. */
  #complete(value: unknown, completing: Completing): void {
    const { place } = completing;
    if (isPromise(value)) this.#await(value, place, (settled) => this.#completeSettled(settled, completing));
    else this.#fill(place, this.#completeSettled(value, completing));
  }

  #completeSettled(value: unknown, { plan, field, place }: Completing): unknown {
    if (plan.kind === 'leaf') return completeLeaf(value, plan, field);
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) return nothing(plan, field);
    if (plan.kind === 'object') return this.#completeObject(value, { plan: plan.object, field, place });
    if (plan.kind === 'list') return this.#completeList(value, { plan: plan.item, field, place });
    return this.#completeAbstract(value, { plan, field, place });
  }

  #completeList(value: unknown, { plan, field, place }: Completing): unknown[] | null {
    if (!isIterable(value)) throw noList(field);
    const list: unknown[] = [];
    for (const item of value) {
      const itemPlace = itemPlaceOf(list, plan, place);
      list.push(null);
      try {
        this.#complete(item, { plan, field, place: itemPlace });
      } catch (error) {
        this.#fail(itemPlace, error);
      }
      if (place.dead) return abandon(value);
    }
    return list;
  }

  #completeAbstract(value: unknown, { plan, field, place }: Completing<AbstractPlan>): unknown {
    const { context, operation } = this.#run;
    const resolveType = plan.type.resolveType ?? defaultTypeResolver;
    const name: unknown = resolveType(value, context, this.#infoOf(field, place), plan.type);
    const complete = (settled: unknown) => {
      const type = runtimeTypeOf(settled, { schema: operation.schema, type: plan.type, field, value });
      return this.#completeObject(value, { plan: plan.objectOf(type), field, place });
    };
    return isPromise(name) ? this.#await(name, place, complete) : complete(name);
  }

  #completeObject(value: unknown, { plan, field, place }: Completing<ObjectPlan>): unknown {
    const { type } = plan;
    if (!type.isTypeOf) return this.#completeFields(plan, value, place);
    const isOfType: unknown = type.isTypeOf(value, this.#run.context, this.#infoOf(field, place));
    const complete = (settled: unknown) => {
      if (!settled) throw wrongType(type, value, field);
      return this.#completeFields(plan, value, place);
    };
    return isPromise(isOfType) ? this.#await(isOfType, place, complete) : complete(isOfType);
  }

  /** Goes on with `complete` once a promise is kept. @returns null, which holds the place until then */
  #await(promise: PromiseLike<unknown>, place: Place, complete: (value: unknown) => unknown): null {
    put(place, null);
    this.#awaited++;
    promise.then(
      (value) => this.#arrive(place, () => this.#fill(place, complete(value)), value),
      (error: unknown) => this.#arrive(place, () => this.#fail(place, error)),
    );
    return null;
  }

  #arrive(place: Place, work: () => void, value?: unknown): void {
    try {
      if (isLost(place)) abandon(value);
      else work();
    } catch (error) {
      this.#fail(place, error);
    }
    this.#awaited--;
    if (this.#awaited === 0) this.#onIdle?.();
  }

  /** Resolves when nothing is awaited any more. */
  #idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #fill(place: Place, value: unknown): void {
    put(place, place.dead ? null : value);
  }

  #fail(place: Place, error: unknown): void {
    if (isLost(place)) return;
    this.#errors.push(errorAt(place, error));
    kill(place);
  }
}

function completeLeaf(value: unknown, plan: LeafPlan, field: FieldPlan): unknown {
  if (value instanceof Error) throw value;
  return value === null || value === undefined ? nothing(plan, field) : serialize(plan.type, value);
}

function nothing({ nonNull }: ValuePlan, field: FieldPlan): null {
  if (nonNull) throw missingValue(field);
  return null;
}

/** Nobody waits for what is in a list that is given up; that some of it fails must not be a surprise to the process. */
function abandon(value: unknown): null {
  if (isIterable(value)) void Promise.allSettled(value);
  return null;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
