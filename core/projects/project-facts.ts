/** Everything that a dashboard hears of a project, as stored in `project_event.payload` under its `type`. */
export type ProjectFact =
  /** Absolute counts after the change; `labels` are those whose count moved. */
  | {
      readonly type: 'COUNTS_CHANGED';
      readonly imageCount: number;
      readonly labelledImageCount: number;
      readonly labels: readonly { readonly labelId: string; readonly imageCount: number }[];
    }
  | {
      readonly type: 'LABEL_CHANGED';
      readonly change: LabelChange;
      readonly labelId: string;
      readonly name: string;
    }
  | {
      readonly type: 'TRAINING_CHANGED';
      readonly trainingId: string;
      readonly versionNumber: number;
      readonly state: string;
      readonly stopReason: string | null;
    }
  | {
      readonly type: 'TRANSFER_CHANGED';
      readonly transferId: string;
      readonly kind: string;
      readonly state: string;
    }
  | {
      readonly type: 'VERSION_CREATED';
      readonly modelVersionId: string;
      readonly trainingId: string;
      readonly versionNumber: number;
      /** On the validation split, 0 to 1. */
      readonly accuracy: number;
    };

export const labelChanges = ['CREATED', 'UPDATED', 'DELETED'] as const;
export type LabelChange = (typeof labelChanges)[number];
