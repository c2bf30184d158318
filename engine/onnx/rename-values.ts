import type { GraphProto, NodeProto } from './onnx-messages.ts';

/** The same graph with other names for its values and nodes, in graphs inside it too. An empty name stands for no value and stays. */
export function renameValues(graph: GraphProto, newName: (name: string) => string): GraphProto {
  const rename = (name: string) => (name === '' ? '' : newName(name));
  const renameNode = (node: NodeProto): NodeProto => ({
    ...node,
    name: rename(node.name ?? ''),
    input: node.input.map(rename),
    output: node.output.map(rename),
    attribute: node.attribute.map((attribute) => ({
      ...attribute,
      ...(attribute.g ? { g: renameGraph(attribute.g) } : {}),
      graphs: attribute.graphs.map(renameGraph),
    })),
  });
  const renameGraph = (part: GraphProto): GraphProto => ({
    ...part,
    node: part.node.map(renameNode),
    initializer: part.initializer.map((tensor) => ({ ...tensor, name: rename(tensor.name!) })),
    input: part.input.map((value) => ({ ...value, name: rename(value.name) })),
    output: part.output.map((value) => ({ ...value, name: rename(value.name) })),
    valueInfo: [],
  });
  return renameGraph(graph);
}
