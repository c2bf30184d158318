"""Train all networks of the family at once: masked cross entropy per label set + distillation of teacher features and logits.

  python train.py --work DIR --until "2026-11-25 21:20" [--late 0.25 --late-size 96] [--warm model.onnx]

Every schedule runs over wall-clock time, so the run always anneals to the end at --until. It resumes from
DIR/last.pt if that exists; DIR/last.pt holds {"ema": ...}, which export.py reads. --warm starts the trunk `s` from an exported
file of the same layers instead of random weights.
"""
import argparse, csv, math, os, time
from datetime import datetime
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from net import MEAN, MODELS, STD, Family

SETS = ("tiny-imagenet-200", "imagenette", "caltech101")


class Student(nn.Module):
    """The family, and for each member the linear maps that the losses need."""

    def __init__(self, classes):
        super().__init__()
        self.family = Family()
        heads = lambda outputs: nn.ModuleDict(
            {name: nn.Linear(self.family.dimension(name), outputs) for name in MODELS})
        self.classes = heads(classes)  # all sets side by side, other sets' logits masked
        self.features = heads(1280)
        self.logits = heads(1000)


def warm_start(trunk, path, batches):
    """Takes convolutions and biases from an ONNX file with folded BatchNorm. The BatchNorms get the statistics of what the
    convolutions give on `batches`, and the scale and shift that undo them: the function is the same, training starts from there."""
    import onnx
    from onnx import numpy_helper

    weights = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in onnx.load(path).graph.initializer}
    layers = [("stem", trunk.stem, trunk.bn)]
    for i, b in enumerate(trunk.blocks):
        layers += [(f"block{i + 1}.conv1", b.conv1, b.bn1), (f"block{i + 1}.conv2", b.conv2, b.bn2)]
        if b.skip is not None:
            layers.append((f"block{i + 1}.skip", b.skip, b.bn3))
    sums = {}
    with torch.no_grad():
        for name, conv, bn in layers:
            conv.weight.copy_(weights[name + ".weight"])
            bn.running_mean.zero_(); bn.running_var.fill_(1 - bn.eps); bn.weight.fill_(1); bn.bias.copy_(weights[name + ".bias"])
        hooks = [bn.register_forward_pre_hook(
            lambda _, x, name=name: sums.setdefault(name, []).append(
                (x[0].float().mean((0, 2, 3)), x[0].float().square().mean((0, 2, 3))))) for name, _, bn in layers]
        trunk.eval()
        for x in batches:
            trunk(x)
        for h in hooks:
            h.remove()
        for name, _, bn in layers:
            mean, square = (torch.stack(v).mean(0) for v in zip(*sums[name]))
            var = (square - mean * mean).clamp(min=1e-6)
            bn.running_mean.copy_(mean); bn.running_var.copy_(var)
            bn.weight.copy_((var + bn.eps).sqrt()); bn.bias.add_(mean)
        trunk.train()


def augment(x, boxes, size):
    """x: uint8 N,H,W,3, boxes: N,4 views. The view at `size`, flip, brightness / contrast / saturation / channel jitter."""
    n = len(x)
    r = lambda a, b: torch.empty(n).uniform_(a, b)
    flip = torch.where(torch.rand(n) < 0.5, -1.0, 1.0)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 0, 2] = boxes[:, 0] * flip, boxes[:, 2]
    theta[:, 1, 1], theta[:, 1, 2] = boxes[:, 1], boxes[:, 3]
    x = x.permute(0, 3, 1, 2).float()  # a channels_last view
    x = F.grid_sample(x, F.affine_grid(theta, (n, 3, size, size), False), padding_mode="border", align_corners=False)
    mean, std = torch.tensor(MEAN).view(1, 3, 1, 1) * 255, torch.tensor(STD).view(1, 3, 1, 1) * 255
    grey = torch.where(torch.rand(n) < 0.1, torch.zeros(n), r(0.7, 1.3)).view(-1, 1, 1, 1)
    x = torch.lerp(x.mean(1, keepdim=True), x, grey)
    # contrast per channel and brightness, folded with the normalisation
    gain = r(0.75, 1.3).view(-1, 1, 1, 1) * torch.empty(n, 3, 1, 1).uniform_(0.93, 1.07)
    x = (x - mean) * (gain / std) + torch.empty(n, 1, 1, 1).uniform_(-0.35, 0.35)
    return x.contiguous(memory_format=torch.channels_last)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--until", required=True)
    p.add_argument("--begin", help="start of the schedule; now by default, kept when resuming")
    p.add_argument("--size", type=int, default=64)
    p.add_argument("--late", type=float, default=0.12, help="last share of the time, at --late-size")
    p.add_argument("--late-size", type=int, default=96)
    p.add_argument("--batch", type=int, default=128)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--decay", type=float, default=0.05)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--bf16", type=int, default=1)
    p.add_argument("--steps", type=int, default=0, help="stop after that many steps (for timing)")
    p.add_argument("--warm", help="ONNX file whose layers the trunk `s` starts from")
    p.add_argument("--start", help="checkpoint of a run that has ended, to start from: its averaged weights and its heads, a new schedule")
    p.add_argument("--only", nargs="*", choices=list(MODELS), default=list(MODELS), help="train these networks only")
    p.add_argument("--out", default="last.pt")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.set_float32_matmul_precision("medium")
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)

    rows = list(csv.DictReader(open(a.work / "index.csv")))
    names = sorted({(SETS.index(r["set"]), r["label"]) for r in rows if r["set"] in SETS})
    number = {k: i for i, k in enumerate(names)}
    group = torch.tensor([k[0] for k in names])
    target = torch.tensor([number.get((SETS.index(r["set"]), r["label"]), -1) if r["set"] in SETS else -1 for r in rows])
    pictures = np.load(a.work / "pictures.npy", mmap_mode="r")
    views = np.load(a.work / "views.npy")
    tf = np.load(a.work / "teacher-features.npy", mmap_mode="r")
    tl = np.load(a.work / "teacher-logits.npy", mmap_mode="r")
    sample = np.sqrt(np.maximum(tf[:: max(1, len(tf) // 8000), 0].astype(np.float32), 0))
    tmean, tstd = torch.from_numpy(sample.mean(0)), torch.from_numpy(sample.std(0) + 1e-3)

    net = Student(len(names)).to(memory_format=torch.channels_last)
    if a.warm:
        some = np.sort(rng.choice(len(rows), 1024, replace=False))
        whole = torch.tensor([1.0, 1.0, 0.0, 0.0]).expand(128, 4)
        warm_start(net.family.trunks["s"], a.warm,
                   [augment(torch.from_numpy(pictures[c]), whole, a.size) for c in np.split(some, 8)])
    if a.start:
        s = torch.load(a.start, weights_only=True)
        net.load_state_dict(s["net"])
        net.family.load_state_dict(s["ema"])
    ema = {k: v.clone() for k, v in net.family.state_dict().items()}
    decay = [v for v in net.parameters() if v.ndim > 1]
    plain = [v for v in net.parameters() if v.ndim <= 1]
    opt = torch.optim.AdamW([{"params": decay, "weight_decay": a.decay}, {"params": plain, "weight_decay": 0}],
                            lr=a.lr, betas=(0.9, 0.99), foreach=True)
    until = datetime.fromisoformat(a.until).timestamp()
    begin = datetime.fromisoformat(a.begin).timestamp() if a.begin else time.time()
    step = seen = 0
    path = a.work / a.out
    if path.exists():
        s = torch.load(path, weights_only=True)
        net.load_state_dict(s["net"]); opt.load_state_dict(s["opt"])
        ema, step, seen, begin = s["ema"], s["step"], s["seen"], s["begin"]
        rng = np.random.default_rng([a.seed, step])
        torch.manual_seed(a.seed + step)
        print("resumed at step", step, flush=True)

    def save():
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "ema": ema, "step": step, "seen": seen,
                    "begin": begin}, str(path) + ".part")
        os.replace(str(path) + ".part", path)

    print(f"{len(rows)} pictures, {len(names)} classes, {sum(v.numel() for v in net.family.parameters())} "
          f"parameters together, torch {torch.__version__}, {vars(a)}", flush=True)
    net.train()
    order, at = rng.permutation(len(rows)), 0
    sums, count, saved, logged = {name: torch.zeros(4) for name in a.only}, 0, time.time(), time.time()
    while True:
        t = (time.time() - begin) / (until - begin)
        if t >= 1 or (a.steps and step >= a.steps):
            break
        size = a.late_size if t > 1 - a.late else a.size
        lr = a.lr * min(1.0, (t + 1e-3) / 0.03) * (0.5 + 0.5 * math.cos(math.pi * min(1, t)) + 0.002)
        for g in opt.param_groups:
            g["lr"] = lr
        if at + a.batch > len(order):
            order, at = rng.permutation(len(rows)), 0
        rows_now = np.sort(order[at : at + a.batch])
        at += a.batch
        idx = torch.from_numpy(rows_now)
        view = rng.integers(views.shape[1], size=len(rows_now))
        x = augment(torch.from_numpy(pictures[rows_now]), torch.from_numpy(views[rows_now, view]), size)
        y = target[idx]
        known = y >= 0
        yk = y[known]
        want = ((torch.from_numpy(tf[rows_now, view].astype(np.float32)).clamp(min=0).sqrt() - tmean) / tstd).clamp(-4, 4)
        T = 2.0
        teacher = (torch.from_numpy(tl[rows_now, view].astype(np.float32)) / T).softmax(1)
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(a.bf16)):
            features = net.family(x, a.only)
        loss = 0
        for name, f in features.items():
            logits = net.classes[name](f)[known].masked_fill(group[None, :] != group[yk][:, None], -1e4)
            soft = logits.log_softmax(1)
            ce = F.nll_loss(soft, yk)
            distil = (1 - F.cosine_similarity(net.features[name](f), want, dim=1)).mean()
            kd = F.kl_div((net.logits[name](f) / T).log_softmax(1), teacher, reduction="batchmean")
            loss = loss + 0.5 * ce + 4.0 * distil + 1.0 * kd
            with torch.no_grad():
                sums[name] += torch.stack([ce, distil, kd, (soft.argmax(1) == yk).float().mean()])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        opt.step()
        step += 1
        seen += len(idx)
        count += 1
        keep = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            now = net.family.state_dict()
            fl = [k for k in ema if ema[k].is_floating_point()]
            torch._foreach_lerp_([ema[k] for k in fl], [now[k] for k in fl], 1 - keep)
        if time.time() - logged > 60 or (a.steps and step % 20 == 0):
            rate = count * a.batch / (time.time() - logged)
            print(f"{datetime.now():%H:%M:%S} t {t:.3f} step {step} epoch {seen / len(rows):.2f} size {size} lr {lr:.5f} {rate:.0f}/s "
                  + "; ".join("{} ce {:.3f} feat {:.4f} kd {:.3f} acc {:.3f}".format(name[13:], *(m / count).tolist())
                              for name, m in sums.items()), flush=True)
            for m in sums.values():
                m.zero_()
            count, logged = 0, time.time()
        if time.time() - saved > 150:
            save(); saved = time.time()
    save()
    print(f"done {datetime.now():%H:%M:%S} step {step} epochs {seen / len(rows):.2f}", flush=True)


if __name__ == "__main__":
    main()
