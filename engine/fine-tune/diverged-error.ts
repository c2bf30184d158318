/** The loss stopped being a number, at the planned learning rate and again at a smaller one. */
export class TrainingDivergedError extends Error {
  constructor(epoch: number) {
    super(`The training diverged in epoch ${epoch}, also with a smaller learning rate.`);
    this.name = 'TrainingDivergedError';
  }
}
