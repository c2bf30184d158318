"""Train the trunk: masked cross entropy per label set + distillation of teacher features and logits.

  python train.py --work DIR --until "2026-11-24 03:40" [--late 0.15 --late-size 96]

Every schedule runs over wall-clock time, so the run always anneals to the end at --until. It resumes from
DIR/last.pt if that exists; DIR/last.pt holds {"ema": ...}, which export.py reads.
"""
import argparse, csv, math, os, time
from datetime import datetime
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from net import MEAN, STD, Net

SETS = ("tiny-imagenet-200", "imagenette", "caltech101")


class Student(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.trunk = Net()
        d = self.trunk.dimension
        self.classes = nn.Linear(d, classes)  # all sets side by side, other sets' logits masked
        self.features = nn.Linear(d, 1280)
        self.logits = nn.Linear(d, 1000)

    def forward(self, x):
        f = self.trunk(x).float()
        return f, self.classes(f), self.features(f), self.logits(f)


def augment(x, size, low):
    """x: uint8 N,H,W,3. Random resized crop, flip, brightness / contrast / saturation / channel jitter."""
    n = len(x)
    r = lambda a, b: torch.empty(n).uniform_(a, b)
    side, ratio = r(low, 1).sqrt(), (r(-1, 1) * math.log(1.25)).exp()
    w, h = (side * ratio.sqrt()).clamp(max=1), (side / ratio.sqrt()).clamp(max=1)
    flip = torch.where(torch.rand(n) < 0.5, -1.0, 1.0)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 0, 2] = w * flip, r(-1, 1) * (1 - w)
    theta[:, 1, 1], theta[:, 1, 2] = h, r(-1, 1) * (1 - h)
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
    tf = np.load(a.work / "teacher-features.npy")
    tl = np.load(a.work / "teacher-logits.npy")
    sample = np.sqrt(tf[:: max(1, len(tf) // 8000)].astype(np.float32))
    tmean, tstd = torch.from_numpy(sample.mean(0)), torch.from_numpy(sample.std(0) + 1e-3)

    net = Student(len(names)).to(memory_format=torch.channels_last)
    ema = {k: v.clone() for k, v in net.trunk.state_dict().items()}
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

    print(f"{len(rows)} pictures, {len(names)} classes, trunk {sum(v.numel() for v in net.trunk.parameters())} "
          f"parameters, torch {torch.__version__}, {vars(a)}", flush=True)
    net.train()
    order, at = rng.permutation(len(rows)), 0
    sums, count, saved, logged = torch.zeros(5), 0, time.time(), time.time()
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
        x = augment(torch.from_numpy(pictures[rows_now]), size, 0.4)
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(a.bf16)):
            f = net.trunk(x)
        f = f.float()
        y = target[idx]
        known = y >= 0
        logits = net.classes(f)[known]
        yk = y[known]
        logits = logits.masked_fill(group[None, :] != group[yk][:, None], -1e4)
        soft = logits.log_softmax(1)
        ce = F.nll_loss(soft, yk)
        want = (torch.from_numpy(tf[rows_now].astype(np.float32)).clamp(min=0).sqrt() - tmean) / tstd
        got = net.features(f)
        distil = (1 - F.cosine_similarity(got, want.clamp(-4, 4), dim=1)).mean()
        T = 2.0
        teacher = (torch.from_numpy(tl[rows_now].astype(np.float32)) / T).softmax(1)
        kd = F.kl_div((net.logits(f) / T).log_softmax(1), teacher, reduction="batchmean")
        loss = 0.5 * ce + 4.0 * distil + 1.0 * kd
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        opt.step()
        step += 1
        seen += len(idx)
        count += 1
        keep = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            now = net.trunk.state_dict()
            fl = [k for k in ema if ema[k].is_floating_point()]
            torch._foreach_lerp_([ema[k] for k in fl], [now[k] for k in fl], 1 - keep)
            sums += torch.tensor([loss.item(), ce.item(), distil.item(), kd.item(),
                                  (soft.argmax(1) == yk).float().mean().item()])
        if time.time() - logged > 40 or (a.steps and step % 20 == 0):
            m, rate = sums / count, count * a.batch / (time.time() - logged)
            print(f"{datetime.now():%H:%M:%S} t {t:.3f} step {step} epoch {seen / len(rows):.2f} size {size} lr {lr:.5f} "
                  f"loss {m[0]:.3f} ce {m[1]:.3f} feat {m[2]:.4f} kd {m[3]:.3f} acc {m[4]:.3f} {rate:.0f}/s", flush=True)
            sums.zero_()
            count, logged = 0, time.time()
        if time.time() - saved > 150:
            save(); saved = time.time()
    save()
    print(f"done {datetime.now():%H:%M:%S} step {step} epochs {seen / len(rows):.2f}", flush=True)


if __name__ == "__main__":
    main()
