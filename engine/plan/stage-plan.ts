/** What one stage of fine-tuning does. Decided once and kept in the checkpoint: a stage that goes on must not be planned anew. */
export interface StagePlan {
  readonly name: 'SUFFIX' | 'FULL';
  /** 1, 2, ...: stages of one training draw different numbers. */
  readonly number: number;
  /** Value of the network from which on it is trained. */
  readonly cut: string;
  /** Cached views of each training picture; 0 = new ones in every epoch, from pixels. */
  readonly views: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Epochs before a lack of progress counts, and how many without a better result end the stage. */
  readonly fewestEpochs: number;
  readonly patience: number;
  readonly peakLearningRate: number;
  readonly weightDecay: number;
  /** Of the training graph: part of what makes two runs equal to the bit. */
  readonly threads: number;
}
