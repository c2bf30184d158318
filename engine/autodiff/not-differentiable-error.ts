/** Operators between the wanted start of training and the output that the engine cannot differentiate. */
export class NotDifferentiableError extends Error {
  readonly nodes: readonly { readonly operator: string; readonly name: string }[];

  constructor(nodes: readonly { readonly operator: string; readonly name: string }[]) {
    const list = nodes.map(({ operator, name }) => `${operator} "${name}"`).join(', ');
    super(`The network cannot be trained through ${list}. It can be frozen up to there.`);
    this.name = 'NotDifferentiableError';
    this.nodes = nodes;
  }
}
