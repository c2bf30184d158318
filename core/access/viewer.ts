import type { Platform } from '../platform/platform.ts';

/** Who asks. */
export interface Viewer {
  readonly userId: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** Null when the viewer did not come with a token (the installation itself). */
  readonly tokenId: string | null;
  readonly tokenExpiresAt: Date | null;
}

/** First argument of every action. */
export interface ActionContext {
  readonly platform: Platform;
  readonly viewer: Viewer;
}
