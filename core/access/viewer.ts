import type { Platform } from '../platform/platform.ts';
import type { TokenScope } from './token-scope.ts';

/** Who asks. */
export interface Viewer {
  readonly userId: string;
  readonly name: string;
  /** Only while they come with the scope ADMIN: lesser tokens of administrators are those of ordinary users. */
  readonly isAdministrator: boolean;
  readonly scope: TokenScope;
  /** Null when the viewer did not come with a token (the installation itself). */
  readonly tokenId: string | null;
  readonly tokenExpiresAt: Date | null;
}

/** Who calls a deployment: a viewer, or an application with a token for one deployment only. */
export interface Caller extends Viewer {
  /** The only thing that the caller may call; null = whatever the viewer may see. */
  readonly deploymentId: string | null;
}

/** First argument of every action. */
export interface ActionContext {
  readonly platform: Platform;
  readonly viewer: Viewer;
}
