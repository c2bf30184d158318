import { defaultFieldResolver, getArgumentValues, isObjectType, type GraphQLResolveInfo } from 'graphql';
import type { GraphQLContext } from '#schema/context.ts';
import { Draft } from './draft.ts';
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
  readonly #calls = new Map<FieldPlan, Call>();
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
    if (plan.length === 0) draft.text += '{';
    for (const each of plan) {
      if (typeof each === 'string') {
        draft.text += each;
        continue;
      }
      draft.text += each.before;
      const { args, info } = this.#callOf(each);
      const resolve = each.field.resolve ?? defaultFieldResolver;
      this.#writeValue(draft, each, each.value, resolve(source, args, this.#context, info));
    }
    draft.text += '}';
  }

  #writeValue(draft: Draft, field: FieldPlan, plan: ValuePlan, value: unknown): void {
    if (isPromise(value)) return this.#await(draft, value, (part, come) => this.#writeCome(part, field, plan, come));
    this.#writeCome(draft, field, plan, value);
  }

  #writeCome(draft: Draft, field: FieldPlan, plan: ValuePlan, value: unknown): void {
    if (value === null || value === undefined) {
      if (!plan.isNullable) throw new Error('null where there must be something');
      draft.text += 'null';
      return;
    }
    if (value instanceof Error) throw value;
    switch (plan.kind) {
      case 'LEAF':
        draft.text += plan.write(value);
        return;
      case 'LIST':
        return this.#writeList(draft, field, plan.item, value);
      case 'OBJECT': {
        const { type, fieldsOf } = plan;
        const { info } = this.#callOf(field);
        if (isObjectType(type)) {
          if (type.isTypeOf && type.isTypeOf(value, this.#context, info) !== true) throw new Error(`no ${type.name}`);
          return this.#writeObject(draft, fieldsOf(type), value);
        }
        if (!type.resolveType) throw new Error(`${type.name} does not say what it is`);
        const name = type.resolveType(value, this.#context, info, type);
        const go = (part: Draft, concrete: unknown) => {
          const found = typeof concrete === 'string' ? this.#known.schema.getType(concrete) : undefined;
          if (!isObjectType(found) || !this.#known.schema.isSubType(type, found)) throw new Error('no such type');
          this.#writeCome(part, field, { ...plan, type: found }, value);
        };
        return isPromise(name) ? this.#await(draft, name, go) : go(draft, name);
      }
    }
  }

  #writeList(draft: Draft, field: FieldPlan, item: ValuePlan, value: unknown): void {
    if (!Array.isArray(value)) throw new Error('not an array');
    draft.text += '[';
    for (let index = 0; index < value.length; index++) {
      if (index > 0) draft.text += ',';
      this.#writeValue(draft, field, item, value[index]);
    }
    draft.text += ']';
  }

  /** What its resolver is called with, the same for all objects of a list. */
  #callOf(plan: FieldPlan): Call {
    let call = this.#calls.get(plan);
    if (!call) {
      call = { args: getArgumentValues(plan.field, plan.nodes[0]!, this.#variables), info: this.#infoOf(plan) };
      this.#calls.set(plan, call);
    }
    return call;
  }

  #infoOf({ field, nodes, parentType }: FieldPlan): GraphQLResolveInfo {
    const { schema, operation, fragments } = this.#known;
    return {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType,
      // Of one object of many: who wants to know is executed by graphql-js.
      get path(): never {
        throw new Error('the path of a field is not kept');
      },
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: this.#variables,
    };
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
