import {
  getArgumentValues,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { GraphQLContext } from '#schema/context.ts';
import { Draft } from './draft.ts';
import { FieldInfo } from './field-info.ts';
import type { FieldPlan, ObjectPlan, ValuePlan } from './query-plan.ts';
import type { KnownOperation } from './query-writer.ts';

type Values = Record<string, unknown>;

interface Call {
  readonly args: Values;
  readonly info: GraphQLResolveInfo;
}

/** One execution of a planned query: resolves its fields and writes what they hold. */
export class QueryRun {
  readonly #known: KnownOperation;
  readonly #context: GraphQLContext;
  readonly #variables: Values;
  readonly #calls = new Map<ObjectPlan, readonly (Call | undefined)[]>();
  readonly #draft = new Draft();
  #waitingFor = 1;
  #end: (text: string | undefined) => void = () => {};

  constructor(known: KnownOperation, context: GraphQLContext, variables: Values) {
    this.#known = known;
    this.#context = context;
    this.#variables = variables;
  }

  /** The answer, `{"data":...}`; undefined as soon as something is thrown, or comes as graphql-js would not take it without an error. */
  write(plan: ObjectPlan): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#end = resolve;
      this.#attempt(this.#draft, undefined, (draft) => {
        draft.text += '{"data":';
        this.#writeObject(draft, plan, undefined);
        draft.text += '}';
      });
    });
  }

  #attempt<T>(draft: Draft, value: T, write: (draft: Draft, value: T) => void): void {
    try {
      write(draft, value);
      if (--this.#waitingFor === 0) this.#end(this.#draft.toString());
    } catch {
      this.#end(undefined);
    }
  }

  /** Leaves the place open and goes on with the rest. */
  #await(draft: Draft, promise: PromiseLike<unknown>, write: (draft: Draft, value: unknown) => void): void {
    const part = draft.leaveOpen();
    this.#waitingFor++;
    promise.then(
      (value) => this.#attempt(part, value, write),
      () => this.#end(undefined),
    );
  }

  #writeObject(draft: Draft, plan: ObjectPlan, source: unknown): void {
    const calls = this.#callsOf(plan);
    let text = plan.length === 0 ? '{' : '';
    for (let index = 0; index < plan.length; index++) {
      const field = plan[index]!;
      if (typeof field === 'string') {
        text += field;
        continue;
      }
      const { args, info } = calls[index]!;
      const value = field.resolve(source, args, this.#context, info);
      if (field.value.kind === 'LEAF' && typeof value !== 'object') text += field.before + leafText(field.value, value);
      else {
        draft.text += text + field.before;
        text = '';
        this.#writeValue(draft, info, field.value, value);
      }
    }
    draft.text += `${text}}`;
  }

  #writeValue(draft: Draft, info: GraphQLResolveInfo, plan: ValuePlan, value: unknown): void {
    if (isPromise(value)) this.#await(draft, value, (part, come) => this.#writeSettled(part, info, plan, come));
    else this.#writeSettled(draft, info, plan, value);
  }

  #writeSettled(draft: Draft, info: GraphQLResolveInfo, plan: ValuePlan, value: unknown): void {
    if (value instanceof Error) throw value;
    if (plan.kind === 'LEAF') draft.text += leafText(plan, value);
    else if (value === null || value === undefined) draft.text += nullText(plan);
    else if (plan.kind === 'LIST') this.#writeList(draft, info, plan.item, value);
    else this.#writeAs(draft, info, plan, plan.type, value);
  }

  #writeList(draft: Draft, info: GraphQLResolveInfo, item: ValuePlan, value: unknown): void {
    if (!Array.isArray(value)) throw new Error('not an array');
    draft.text += '[';
    try {
      for (let index = 0; index < value.length; index++) {
        if (index > 0) draft.text += ',';
        this.#writeValue(draft, info, item, value[index]);
      }
    } catch (error) {
      // Nobody waits for the others any more: that they fail as well must not end the process.
      for (const other of value) if (isPromise(other)) other.then(undefined, () => {});
      throw error;
    }
    draft.text += ']';
  }

  /** Writes the thing as what it says to be. */
  #writeAs(
    draft: Draft,
    info: GraphQLResolveInfo,
    plan: ThingPlan,
    type: GraphQLObjectType | GraphQLAbstractType,
    value: unknown,
  ): void {
    if (isObjectType(type)) {
      if (type.isTypeOf && type.isTypeOf(value, this.#context, info) !== true) throw new Error(`not a ${type.name}`);
      return this.#writeObject(draft, plan.fieldsOf(type), value);
    }
    if (!type.resolveType) throw new Error(`${type.name} does not say what it is`);
    const { schema } = this.#known;
    const go = (part: Draft, name: unknown) => {
      const concrete = typeof name === 'string' ? schema.getType(name) : undefined;
      if (!isObjectType(concrete) || !schema.isSubType(type, concrete)) throw new Error(`not a ${type.name}`);
      this.#writeAs(part, info, plan, concrete, value);
    };
    const name = type.resolveType(value, this.#context, info, type);
    if (isPromise(name)) this.#await(draft, name, go);
    else go(draft, name);
  }

  /** What the resolvers are called with, the same for all objects of a list. */
  #callsOf(plan: ObjectPlan): readonly (Call | undefined)[] {
    let calls = this.#calls.get(plan);
    if (!calls) {
      calls = plan.map((field) => (typeof field === 'string' ? undefined : this.#callOf(field)));
      this.#calls.set(plan, calls);
    }
    return calls;
  }

  #callOf(field: FieldPlan): Call {
    const args = field.fixedArguments ?? getArgumentValues(field.field, field.nodes[0]!, this.#variables);
    return { args, info: new FieldInfo(field, this.#known, this.#variables) };
  }
}

type ThingPlan = Extract<ValuePlan, { kind: 'OBJECT' }>;

function nullText({ isNullable }: ValuePlan): string {
  if (!isNullable) throw new Error('null where there must be something');
  return 'null';
}

const leafText = (plan: Extract<ValuePlan, { kind: 'LEAF' }>, value: unknown): string =>
  value === null || value === undefined ? nullText(plan) : plan.write(value);

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
