import { revokeAccessToken } from '../access/access-tokens.ts';
import type { ActionContext } from '../access/viewer.ts';
import { beginAuditEvent, endAuditEvent } from '../audit/audit-events.ts';

/** Ends the session that the viewer came with: its token is refused from this moment. */
export async function logOut(ctx: ActionContext, requestId: string): Promise<void> {
  const { tokenId } = ctx.viewer;
  if (tokenId === null) return;
  const event = await beginAuditEvent(ctx, { requestId, action: 'logOut', projectId: null, targetIds: [], input: {} });
  await revokeAccessToken(ctx, tokenId);
  await endAuditEvent(ctx.platform, event, { outcome: 'OK', errorCode: null, resultId: tokenId, projectId: null });
}
