"""Decode the pretraining pictures once and run the teacher on a few views of each.

  python prepare.py decode  --source DIR --work DIR
  python prepare.py teacher --work DIR --model mobilenetv2-1.0.onnx --size 160 --views 4

decode  -> pictures.npy (uint8, N x 96 x 96 x 3, centre 'cover' crop), index.csv, heldout.npz
teacher -> views.npy (N x V x 4, fp32: width, height, centre x, centre y of the view in the picture, all as in an affine
           grid over [-1, 1]), teacher-features.npy (N x V x 1280), teacher-logits.npy (N x V x 1000) (fp16)

View 0 is the whole picture, the others are random resized crops (area 0.3 to 1, aspect 0.8 to 1.25). The student is shown the
same views, so that teacher and student speak about the same pixels.
"""
import argparse, csv, gzip, io, tarfile, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 96
HELD_OUT = 15  # Caltech-101 classes kept out of training, for choosing input size and resize mode


def cover(picture, side):
    scale = side / min(picture.size)
    size = [max(side, round(v * scale)) for v in picture.size]
    if picture.size != tuple(size):
        picture = picture.resize(size, Image.BICUBIC)
    left, top = (size[0] - side) // 2, (size[1] - side) // 2
    return np.asarray(picture.crop((left, top, left + side, top + side)))


def decode_shard(job):
    path, wanted = job
    out = {}
    with tarfile.open(path) as tar:
        for member in tar:
            name = member.name.split("/")[-1]
            if name in wanted:
                data = tar.extractfile(member).read()
                out[name] = cover(Image.open(io.BytesIO(data)).convert("RGB"), SIDE)
    return path.name, out


def read_labels(source):
    with gzip.open(source / "labels.csv.gz", "rt") as f:
        rows = list(csv.DictReader(f))
    counts = {}
    for r in rows:
        if r["set"] == "caltech101":
            counts[r["label"]] = counts.get(r["label"], 0) + 1
    names = sorted(k for k, n in counts.items() if 40 <= n <= 200 and k != "BACKGROUND_Google")
    picked = set(np.random.default_rng(1).permutation(names)[:HELD_OUT].tolist())
    held = [r for r in rows if r["set"] == "caltech101" and r["label"] in picked]
    return [r for r in rows if not (r["set"] == "caltech101" and r["label"] in picked)], held


def decode(source, work):
    train, held = read_labels(source)
    with open(work / "index.csv", "w", newline="") as f:
        w = csv.DictWriter(f, ["shard", "file", "set", "label"], extrasaction="ignore")
        w.writeheader()
        w.writerows(train)
    place = {(r["shard"], r["file"]): i for i, r in enumerate(train)}
    shards = sorted({r["shard"] for r in train})
    pictures = np.lib.format.open_memmap(work / "pictures.npy", "w+", np.uint8, (len(train), SIDE, SIDE, 3))
    jobs = [(source / s, {r["file"] for r in train if r["shard"] == s}) for s in shards]
    with ProcessPoolExecutor(2) as pool:
        for shard, out in pool.map(decode_shard, jobs):
            for name, a in out.items():
                pictures[place[shard, name]] = a
            print(shard, len(out), flush=True)
    pictures.flush()
    # The held-out pictures stay encoded: probe.py needs them at several sizes.
    blobs, labels = [], []
    with tarfile.open(source / held[0]["shard"]) as tar:
        by_name = {m.name.split("/")[-1]: m for m in tar}
        for r in held:
            blobs.append(np.frombuffer(tar.extractfile(by_name[r["file"]]).read(), np.uint8))
            labels.append(r["label"])
    np.savez(work / "heldout.npz", data=np.concatenate(blobs), lengths=[len(b) for b in blobs], labels=labels)
    print("train", len(train), "held out", len(held), sorted(set(labels)), flush=True)


def draw_views(n, views, seed):
    rng = np.random.default_rng(seed)
    boxes = np.zeros((n, views, 4), np.float32)
    boxes[:, 0, :2] = 1
    side = np.sqrt(rng.uniform(0.3, 1, (n, views - 1)))
    ratio = np.exp(rng.uniform(-1, 1, (n, views - 1)) * np.log(1.25))
    w, h = np.minimum(1, side * np.sqrt(ratio)), np.minimum(1, side / np.sqrt(ratio))
    boxes[:, 1:] = np.stack([w, h, rng.uniform(-1, 1, w.shape) * (1 - w), rng.uniform(-1, 1, w.shape) * (1 - h)], -1)
    return boxes


def teacher(work, model, size, views):
    import onnx
    import onnxruntime as ort
    import torch
    import torch.nn.functional as F

    graph = onnx.load(model)
    for d in graph.graph.input[0].type.tensor_type.shape.dim[2:]:
        d.ClearField("dim_value")
        d.dim_param = "S" + str(id(d))
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    pictures = np.load(work / "pictures.npy", mmap_mode="r")
    n = len(pictures)
    boxes = draw_views(n, views, 2)
    np.save(work / "views.npy", boxes)
    features = np.lib.format.open_memmap(work / "teacher-features.npy", "w+", np.float16, (n, views, 1280))
    logits = np.lib.format.open_memmap(work / "teacher-logits.npy", "w+", np.float16, (n, views, 1000))
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    start = time.time()
    for v in range(views):
        for i in range(0, n, 32):
            x = torch.from_numpy(pictures[i : i + 32].astype(np.float32)).permute(0, 3, 1, 2) / 255
            box = torch.from_numpy(boxes[i : i + 32, v])
            theta = torch.zeros(len(x), 2, 3)
            theta[:, 0, 0], theta[:, 1, 1], theta[:, 0, 2], theta[:, 1, 2] = box.unbind(1)
            grid = F.affine_grid(theta, (len(x), 3, size, size), False)
            x = F.grid_sample(x, grid, mode="bicubic", padding_mode="border", align_corners=False)
            x = ((x.clamp(0, 1) - mean) / std).contiguous().numpy()
            features[i : i + 32, v], logits[i : i + 32, v] = session.run(["features", "logits"], {"input": x})
            if i % 6400 == 0:
                rate = (v * n + i + 32) / (time.time() - start)
                print(f"view {v} {i} of {n}, {rate:.0f} pictures/s", flush=True)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("step", choices=["decode", "teacher"])
    p.add_argument("--source", type=Path)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--model")
    p.add_argument("--size", type=int, default=160)
    p.add_argument("--views", type=int, default=4)
    a = p.parse_args()
    decode(a.source, a.work) if a.step == "decode" else teacher(a.work, a.model, a.size, a.views)
