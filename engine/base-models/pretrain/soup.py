"""Average exported networks of the same layers, weight by weight: "Model soups", Wortsman et al., 2022, https://arxiv.org/abs/2203.05482.

  python soup.py --models A/model.onnx B/model.onnx --name exemplar-res-s --version 3 --out DIR

The networks have to come from one another by further training (`train.py --warm`, `--start`): only then the straight line between them is
good all along. The graph is that of the first file; a layer that another file lacks is averaged over those that have it.
"""
import argparse, hashlib, json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def average(models):
    weights = [{w.name: numpy_helper.to_array(w) for w in model.graph.initializer} for model in models]
    soup = onnx.ModelProto()
    soup.CopyFrom(models[0])
    for w in soup.graph.initializer:
        found = [each[w.name].astype(np.float64) for each in weights if w.name in each]
        w.CopyFrom(numpy_helper.from_array(np.mean(found, axis=0).astype(np.float32), w.name))
    onnx.checker.check_model(soup, full_check=True)
    return soup


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--models", type=Path, nargs="+", required=True)
    p.add_argument("--name", required=True)
    p.add_argument("--version", type=int, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    data = average([onnx.load(path) for path in a.models]).SerializeToString()
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "model.onnx").write_bytes(data)
    meta = json.loads((a.models[0].parent / "base-model.json").read_text())
    meta |= {"name": a.name, "version": a.version, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (a.out / "base-model.json").write_text(json.dumps(meta, indent=2) + "\n")
    print(json.dumps(meta))
