/** The exported file answers differently from the graph that was trained: a defect, never the fault of the pictures. */
export class ParityError extends Error {
  readonly difference: number;

  constructor(difference: number, allowed: number) {
    super(
      `The exported model differs from the trained one by ${difference} in a probability; at most ${allowed} is allowed.`,
    );
    this.name = 'ParityError';
    this.difference = difference;
  }
}
