import type { ActionContext } from '#core/access/viewer.ts';
import type { Page, PageRequest } from '#core/platform/page.ts';
import { builder } from './builder.ts';
import { pageArgs, pageComplexity, toConnection, type connectionType } from './connection.ts';
import { idOf } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ProjectObject } from './project.ts';

/** A list of things of a project, reachable both as `project { name }` and as the root field `name(projectId)`. */
export function projectList<T extends { id: string }>(
  name: string,
  description: string,
  connection: ReturnType<typeof connectionType<T>>,
  list: (ctx: ActionContext, request: PageRequest & { projectId: string }) => Promise<Page<T>>,
): void {
  const read = async (ctx: ActionContext, projectId: string, args: PageRequest) =>
    toConnection(await list(ctx, { ...args, projectId }), args.after, (item) => item.id);

  builder.objectField(ProjectObject, name, (t) =>
    t.field({
      type: connection,
      description,
      args: pageArgs(t.arg),
      complexity: pageComplexity,
      resolve: (project, args, ctx) => read(ctx.action(), project.id, args),
    }),
  );
  builder.queryField(name, (t) =>
    t.field({
      type: connection,
      nullable: true,
      description: `${description} Null when there is no such project.`,
      args: { projectId: t.arg.id({ required: true, description: 'The project.' }), ...pageArgs(t.arg) },
      complexity: pageComplexity,
      resolve: (_root, { projectId, ...args }, ctx) => {
        const action = ctx.action();
        return nullWhenMissing(() => read(action, idOf('Project', projectId), args));
      },
    }),
  );
}
