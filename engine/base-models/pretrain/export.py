"""Fold the BatchNorms and write model.onnx + base-model.json.

  python export.py --name exemplar-res-s --checkpoint ckpt.pt --size 96 --resize cover --out DIR

Without --checkpoint an untrained network of the same contract is written.
"""
import argparse, hashlib, json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper

from net import MEAN, MODELS, STD, Family

LICENCE = (
    "Weights trained by the Exemplar project. Some training photos derive from ImageNet and are for research use; "
    "see MODEL_CARD.md."
)


def fold(conv, bn):
    scale = bn.weight.double() / torch.sqrt(bn.running_var.double() + bn.eps)
    w = conv.weight.double() * scale.view(-1, 1, 1, 1)
    b = bn.bias.double() - bn.running_mean.double() * scale
    return w.float().detach().numpy(), b.float().detach().numpy()


def build(family, name, size):
    trunk, tail = family.trunks[MODELS[name][0]], family.tails[MODELS[name][1]]
    nodes, weights, macs = [], [], 0

    def conv(name, x, c, bn, side):
        nonlocal macs
        w, b = fold(c, bn)
        k, s, p = c.kernel_size[0], c.stride[0], c.padding[0]
        weights.append(numpy_helper.from_array(w, name + ".weight"))
        weights.append(numpy_helper.from_array(b, name + ".bias"))
        nodes.append(helper.make_node("Conv", [x, name + ".weight", name + ".bias"], [name], name=name,
                                      kernel_shape=[k, k], strides=[s, s], pads=[p] * 4))
        side = (side + 2 * p - k) // s + 1
        macs += w.size * side * side
        return name, side

    def op(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    x, side = conv("stem", "input", trunk.stem, trunk.bn, size)
    x = op("Relu", [x], "stem.relu")
    for i, b in enumerate([*trunk.blocks, *tail.blocks]):
        n = f"block{i + 1}"
        y, inner = conv(n + ".conv1", x, b.conv1, b.bn1, side)
        y = op("Relu", [y], n + ".relu1")
        y, inner = conv(n + ".conv2", y, b.conv2, b.bn2, inner)
        skip = x if b.skip is None else conv(n + ".skip", x, b.skip, b.bn3, side)[0]
        x, side = op("Relu", [op("Add", [y, skip], n + ".add")], n + ".relu2"), inner
    x, side = conv("expand", x, tail.expand, tail.bn, side)
    x = op("Relu", [x], "expand.relu")
    x = op("GlobalAveragePool", [x], "pool")
    op("Flatten", [x], "features", axis=1)
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, size, size])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", tail.features])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="exemplar")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model, sum(int(np.prod(w.dims)) for w in weights), macs


def load(checkpoint):
    torch.manual_seed(1)
    family = Family()
    if checkpoint:
        family.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["ema"])
    return family.eval()


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--name", choices=list(MODELS), required=True)
    p.add_argument("--version", type=int, required=True)
    p.add_argument("--checkpoint")
    p.add_argument("--size", type=int, required=True)
    p.add_argument("--resize", choices=["cover", "fill"], required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    family = load(a.checkpoint)
    model, parameters, macs = build(family, a.name, a.size)
    data = model.SerializeToString()
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "model.onnx").write_bytes(data)
    meta = {
        "name": a.name, "version": a.version, "file": "model.onnx", "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data), "parameters": parameters, "multiplyAdds": macs,
        "input": {"name": "input", "size": a.size, "mean": list(MEAN), "std": list(STD), "channelOrder": "RGB",
                  "resize": a.resize},
        "output": {"name": "features", "dimension": family.dimension(a.name)},
        "licence": LICENCE, "recipe": "pretrain/README.md",
    }
    (a.out / "base-model.json").write_text(json.dumps(meta, indent=2) + "\n")
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    for n in (1, 5):
        x = torch.randn(n, 3, a.size, a.size)
        with torch.no_grad():
            want = family.one(a.name, x).numpy()
        got = session.run(None, {"input": x.numpy()})[0]
        print(f"batch {n}: max abs difference ONNX / PyTorch {np.abs(got - want).max():.2e}, largest value {want.max():.3f}")
    print(json.dumps(meta))
