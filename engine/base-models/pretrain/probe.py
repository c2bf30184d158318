"""Ridge probe on frozen features.

  python probe.py choose  --name NAME --work DIR [--checkpoint DIR/last.pt]     input size and resize mode, on held-out pretraining classes
  python probe.py held-out --work DIR --model model.onnx --size 96 --resize cover   an exported file on the same classes
  python probe.py measure --datasets DIR --model model.onnx --size 96 --resize cover [--few]

Features are standardised on the training part; targets are +1/-1; ridge = 0.1 x number of training pictures
(0.1 was chosen on the held-out pretraining classes).
"""
import argparse, io, time
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from net import MEAN, STD


def fit_picture(p, size, resize):
    if resize == "fill":
        return np.asarray(p.resize((size, size), Image.BICUBIC))
    scale = size / min(p.size)
    w, h = (max(size, round(v * scale)) for v in p.size)
    p = p.resize((w, h), Image.BICUBIC)
    left, top = (w - size) // 2, (h - size) // 2
    return np.asarray(p.crop((left, top, left + size, top + size)))


def features(run, pictures, size, resize):
    out = []
    for i in range(0, len(pictures), 16):
        x = np.stack([fit_picture(p, size, resize) for p in pictures[i : i + 16]]).astype(np.float32) / 255
        x = ((x - np.float32(MEAN)) / np.float32(STD)).transpose(0, 3, 1, 2)
        out.append(run(np.ascontiguousarray(x)))
    return np.concatenate(out).astype(np.float64)


def ridge(x, y, classes, xt, strength=0.1):
    mean, std = x.mean(0), x.std(0) + 1e-6
    x, xt = (x - mean) / std, (xt - mean) / std
    t = 2.0 * (y[:, None] == np.arange(classes)) - 1
    bias = t.mean(0)
    k = x @ x.T / x.shape[1]  # kernel form: fewer pictures than features is the usual case
    a = np.linalg.solve(k + strength * len(x) * np.eye(len(x)) / x.shape[1], t - bias)
    return (xt @ (x.T @ a) / x.shape[1] + bias).argmax(1)


def folds(y, k, seed):
    rng, out = np.random.default_rng(seed), np.zeros(len(y), int)
    for c in np.unique(y):
        i = rng.permutation(np.flatnonzero(y == c))
        out[i] = (np.arange(len(i)) + rng.integers(k)) % k
    return out


def five_fold(x, y, strength=0.1):
    f, right = folds(y, 5, 1), 0
    for k in range(5):
        right += (ridge(x[f != k], y[f != k], y.max() + 1, x[f == k], strength) == y[f == k]).sum()
    return 100 * right / len(y)


def few(x, y, count, seeds=5):
    scores = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        train = np.concatenate([rng.permutation(np.flatnonzero(y == c))[:count] for c in np.unique(y)])
        test = np.setdiff1d(np.arange(len(y)), train)
        hit = ridge(x[train], y[train], y.max() + 1, x[test]) == y[test]
        scores.append(100 * np.mean([hit[y[test] == c].mean() for c in np.unique(y[test])]))
    return np.mean(scores), np.std(scores)


def onnx_runner(path, output="features"):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda x: session.run([output], {"input": x})[0]


def held_out(work):
    held = np.load(work / "heldout.npz")
    ends = np.cumsum(held["lengths"])
    pictures = [Image.open(io.BytesIO(held["data"][e - n : e].tobytes())).convert("RGB")
                for e, n in zip(ends, held["lengths"])]
    return pictures, np.unique(held["labels"], return_inverse=True)[1]


def judge(a):
    pictures, y = held_out(a.work)
    x = features(onnx_runner(a.model), pictures, a.size, a.resize)
    print(f"| {a.model} | {five_fold(x, y):.1f} | {few(x, y, 5, 20)[0]:.1f} | {few(x, y, 20, 20)[0]:.1f} |", flush=True)


def choose(a):
    import torch
    from export import load

    family = load(a.checkpoint or a.work / "last.pt")

    def run(x):
        with torch.no_grad():
            return family.one(a.name, torch.from_numpy(x)).numpy()

    pictures, y = held_out(a.work)
    print("| size | resize | 5-fold | 5 a class | 20 a class | pictures/s |\n| --- | --- | --- | --- | --- | --- |")
    for size in a.sizes:
        for resize in ("cover", "fill"):
            start = time.time()
            x = features(run, pictures, size, resize)
            rate = len(y) / (time.time() - start)
            print(f"| {size} | {resize} | {five_fold(x, y):.1f} | {few(x, y, 5)[0]:.1f} | {few(x, y, 20)[0]:.1f} | {rate:.0f} |",
                  flush=True)
            if a.strengths:
                print("   ", {s: round(float(five_fold(x, y, s)), 1) for s in (0.01, 0.03, 0.1, 0.3, 1, 3)})


def measure(a):
    run = onnx_runner(a.model)
    print("| set | 5-fold | 5 a class | 20 a class |\n| --- | --- | --- | --- |" if a.few else "| set | 5-fold |\n| --- | --- |")
    for name in ("ants_bees", "trash6", "magnetic_tile6", "sign_digits10"):
        files = sorted(f for f in (a.datasets / name).rglob("*") if f.suffix.lower() in (".jpg", ".jpeg", ".png"))
        y = np.unique([f.parent.name for f in files], return_inverse=True)[1]
        pictures = [ImageOps.exif_transpose(Image.open(f)).convert("RGB") for f in files]
        x = features(run, pictures, a.size, a.resize)
        cells = [f"{five_fold(x, y):.1f}"]
        for count in (5, 20) if a.few else ():
            if np.bincount(y).min() <= count:
                count = np.bincount(y).min() - 5
            m, s = few(x, y, count)
            cells.append(f"{m:.1f} +- {s:.1f}" + (f" ({count})" if count not in (5, 20) else ""))
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("step", choices=["choose", "held-out", "measure"])
    p.add_argument("--work", type=Path)
    p.add_argument("--name")
    p.add_argument("--checkpoint")
    p.add_argument("--sizes", type=int, nargs="*", default=[64, 80, 96, 112, 128])
    p.add_argument("--strengths", action="store_true")
    p.add_argument("--datasets", type=Path)
    p.add_argument("--model")
    p.add_argument("--size", type=int)
    p.add_argument("--resize", default="cover")
    p.add_argument("--few", action="store_true")
    a = p.parse_args()
    {"choose": choose, "held-out": judge, "measure": measure}[a.step](a)
