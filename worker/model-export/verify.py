"""Asks model.onnx about the golden pictures and compares with what the server answered: python verify.py

Needs: pip install onnxruntime numpy
"""

import json
import os
import sys
from pathlib import Path

# onnxruntime reports usage to its maker unless this is set before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import numpy  # noqa: E402
import onnxruntime  # noqa: E402

folder = Path(__file__).resolve().parent
golden = json.loads((folder / "golden" / "outputs.json").read_text(encoding="utf-8"))


def largest_difference(model):
    session = onnxruntime.InferenceSession(str(folder / model), providers=["CPUExecutionProvider"])
    differences = []
    for example in golden["examples"]:
        pixels = numpy.fromfile(folder / example["raw"], dtype=numpy.uint8)
        pixels = pixels.reshape(1, example["height"], example["width"], 3)
        (answer,) = session.run(["probabilities"], {"pixels": pixels})
        differences.append(numpy.abs(answer[0] - numpy.array(example["probabilities"])).max())
    # max of numpy keeps a number that is none.
    return float(numpy.max(differences))


difference = largest_difference("model.onnx")
tolerance = golden["tolerance"]
print(f"model.onnx: largest difference {difference} over {len(golden['examples'])} examples, {tolerance} is allowed")
if (folder / "model.int8.onnx").exists():
    print(f"model.int8.onnx: largest difference {largest_difference('model.int8.onnx')}, for information")
sys.exit(0 if difference <= tolerance else 1)
