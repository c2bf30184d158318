"""Training steps of an ONNX network in PyTorch on one CPU thread: the peer of bench/engine.ts.

    python pytorch_training_step.py MODEL.onnx SIZE BATCH CLASSES

Answers each line on stdin with the processor seconds of one step: forward, soft-target cross entropy, backward, clipping, AdamW.
Needs torch, onnx and numpy; the product never runs it.
"""
import sys
import time

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

path, size, batch, classes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(1)
torch.manual_seed(1)
graph = onnx.load(path).graph
values = {tensor.name: torch.tensor(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
weights = [value.requires_grad_() for value in values.values() if value.dtype == torch.float32]


def forward(pictures):
    known = {graph.input[0].name: pictures, **values}
    for node in graph.node:
        given = [known[name] for name in node.input]
        attribute = {a.name: list(a.ints) if a.ints else a.i for a in node.attribute}
        if node.op_type == "Conv":
            pads = attribute.get("pads", [0, 0, 0, 0])
            assert pads[:2] == pads[2:]
            result = F.conv2d(
                given[0], given[1], given[2] if len(given) > 2 else None,
                stride=attribute.get("strides", [1, 1]), padding=pads[:2], groups=attribute.get("group", 1))
        elif node.op_type == "Relu":
            result = F.relu(given[0])
        elif node.op_type == "Add":
            result = given[0] + given[1]
        elif node.op_type in ("GlobalAveragePool", "ReduceMean"):
            result = given[0].mean((2, 3), keepdim=True)
        elif node.op_type in ("Flatten", "Reshape"):
            result = given[0].flatten(1)
        elif node.op_type == "Identity":
            result = given[0]
        else:
            raise SystemExit(f"unknown operator {node.op_type}")
        known[node.output[0]] = result
    return known[graph.output[0].name]


pictures = torch.rand(batch, 3, size, size)
targets = F.one_hot(torch.arange(batch) % classes, classes).float()
head = torch.nn.Linear(forward(pictures).shape[1], classes)
parameters = weights + list(head.parameters())
optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.05)


def step():
    loss = -(targets * F.log_softmax(head(forward(pictures)), 1)).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()


step()
print(f"ready PyTorch {torch.__version__}", flush=True)
for _ in sys.stdin:
    started = time.process_time()
    step()
    print(time.process_time() - started, flush=True)
