import { errorTypeMap } from '@pothos/plugin-errors';
import {
  getNamedType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { beginAuditEvent, endAuditEvent, type AuditEventEnd } from '#core/audit/audit-events.ts';
import type { UserError } from '#core/platform/errors.ts';
import { isUuid } from '#core/platform/page.ts';
import type { GraphQLContext } from './context.ts';
import { readGlobalId } from './global-id.ts';

/** Labelling, sending and trying: many a minute, and annotations and images say themselves who made them. All else is audited. */
export const unauditedMutations: ReadonlySet<string> = new Set([
  'annotateImages',
  'completeImageUploads',
  'createImageUploads',
  'createImportUpload',
  'predict',
  'previewImport',
  'setImageGroup',
  'setImageSplit',
]);

/** Of each list, so much is written down. */
const mostItems = 20;
/** What cannot hold a secret or somebody's text. */
const plainScalars = new Set(['Boolean', 'Int', 'Float', 'DateTime']);

/**
 * Puts the audit log around every mutation but those above, so that a new one is audited without a word. The event is written before
 * the mutation runs, its outcome after: whoever crashes in between leaves an event that says so.
 */
export function auditMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    if (unauditedMutations.has(field.name)) continue;
    const resolve = field.resolve!;
    const makesProject = successTypeOf(field.type) === 'Project';
    field.resolve = async (source, args: Record<string, unknown>, ctx: GraphQLContext, info) => {
      // Without a viewer nothing is done.
      if (!ctx.viewer) return resolve(source, args, ctx, info);
      const targetIds: string[] = [];
      const input = Object.fromEntries(
        field.args.map(({ name, type }) => [name, describe(type, args[name], targetIds)] as const),
      );
      const named = targetIds.map(readGlobalId).find((target) => target?.typename === 'Project');
      const action = ctx.action();
      const id = await beginAuditEvent(action, {
        requestId: ctx.requestId,
        action: field.name,
        projectId: named?.id ?? null,
        targetIds,
        input,
      });
      try {
        const result: unknown = await resolve(source, args, ctx, info);
        await endAuditEvent(action.platform, id, endOf(result, makesProject));
        return result;
      } catch (error) {
        const { code } = error instanceof GraphQLError ? error.extensions : {};
        const end = { errorCode: typeof code === 'string' ? code : null, resultId: null, projectId: null };
        await endAuditEvent(action.platform, id, { outcome: 'FAILED', ...end });
        throw error;
      }
    };
  }
  return schema;
}

/** Ids, enum values, numbers, times and flags of an input; never its texts, which may be secrets. */
function describe(type: GraphQLInputType, value: unknown, targetIds: string[]): unknown {
  if (value === undefined || value === null) return value;
  if (isNonNullType(type)) return describe(type.ofType, value, targetIds);
  if (isListType(type)) {
    const items = value as unknown[];
    return items.slice(0, mostItems).map((item) => describe(type.ofType, item, targetIds));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map(
      (field) => [field.name, describe(field.type, (value as Record<string, unknown>)[field.name], targetIds)] as const,
    );
    return Object.fromEntries(fields.filter(([, described]) => described !== undefined));
  }
  if (isEnumType(type)) return type.serialize(value);
  if (type.name !== 'ID') return plainScalars.has(type.name) ? value : undefined;
  const globalId = value as string;
  if (!readGlobalId(globalId)) return 'no id';
  if (targetIds.length < mostItems) targetIds.push(globalId);
  return globalId;
}

function endOf(result: unknown, makesProject: boolean): AuditEventEnd {
  const made = result as Record<string, unknown>;
  // The errors plugin answers with proxies of errors, which are instances of nothing.
  if (errorTypeMap.has(made))
    return { outcome: 'REFUSED', errorCode: (result as UserError).code, resultId: null, projectId: null };
  const inner = Object.values(made).find((each) => uuidOf(each, 'id') !== null);
  const resultId = uuidOf(made, 'id') ?? uuidOf(inner, 'id');
  const projectId = uuidOf(made, 'projectId') ?? uuidOf(inner, 'projectId') ?? (makesProject ? resultId : null);
  return { outcome: 'OK', errorCode: null, resultId, projectId };
}

function uuidOf(thing: unknown, key: string): string | null {
  const value = typeof thing === 'object' && thing !== null ? (thing as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && isUuid(value) ? value : null;
}

/** What a mutation answers when nothing is wrong. */
function successTypeOf(type: GraphQLOutputType): string | undefined {
  const named = getNamedType(type);
  const types = isUnionType(named) ? named.getTypes() : isObjectType(named) || isInterfaceType(named) ? [named] : [];
  return types.find((each) => !each.getInterfaces().some(({ name }) => name === 'UserError'))?.name;
}
