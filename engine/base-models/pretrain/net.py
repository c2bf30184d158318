"""The networks: plain residual nets, every channel count a multiple of 16.

The three shipped models come out of one run on the same batches. `exemplar-res-m` is the trunk of `exemplar-res-s` with a tail of
its own, so the two train their common layers together; `exemplar-res-xs` stands alone.
"""
import torch
from torch import nn

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class Block(nn.Module):
    def __init__(self, cin, cout, stride, mid=None):
        super().__init__()
        mid = mid or cout
        self.conv1 = nn.Conv2d(cin, mid, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(mid)
        self.conv2 = nn.Conv2d(mid, cout, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        self.skip = self.bn3 = None
        if stride != 1 or cin != cout:
            self.skip = nn.Conv2d(cin, cout, 1, stride, 0, bias=False)
            self.bn3 = nn.BatchNorm2d(cout)
        nn.init.constant_(self.bn2.weight, 0.2)

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.skip is None else self.bn3(self.skip(x))))


class Trunk(nn.Module):
    """3x3 stem with stride 2, then stages; each stage but the first halves the picture."""

    def __init__(self, stem, widths, blocks):
        super().__init__()
        self.stem = nn.Conv2d(3, stem, 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(stem)
        layers, cin = [], stem
        for width, count in zip(widths, blocks):
            for i in range(count):
                layers.append(Block(cin, width, 2 if i == 0 else 1))
                cin = width
        self.blocks = nn.Sequential(*layers)
        self.width = cin

    def forward(self, x):
        return self.blocks(torch.relu(self.bn(self.stem(x))))


class Tail(nn.Module):
    """Blocks of its own, a 1x1 convolution to the features, ReLU, global average pool."""

    def __init__(self, width, features, mids=()):
        super().__init__()
        self.blocks = nn.Sequential(*[Block(width, width, 1, mid) for mid in mids])
        for block in self.blocks:
            nn.init.zeros_(block.bn2.weight)  # begins as the identity
        self.expand = nn.Conv2d(width, features, 1, bias=False)
        self.bn = nn.BatchNorm2d(features)
        self.features = features

    def forward(self, x):
        return torch.relu(self.bn(self.expand(self.blocks(x)))).float().mean((2, 3))


MODELS = {  # name: (trunk, tail)
    "exemplar-res-xs": ("xs", "xs"),
    "exemplar-res-s": ("s", "s"),
    "exemplar-res-m": ("s", "m"),
}


class Family(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunks = nn.ModuleDict({"xs": Trunk(16, (32, 64, 160), (1, 2, 1)), "s": Trunk(32, (64, 128, 320), (1, 2, 1))})
        self.tails = nn.ModuleDict({"xs": Tail(160, 384), "s": Tail(320, 512), "m": Tail(320, 896, (192,))})
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")

    def dimension(self, name):
        return self.tails[MODELS[name][1]].features

    def forward(self, x, only=MODELS):
        """x: float N,3,H,W normalised. Features of the models named, by name; what they share is computed once."""
        maps = {k: self.trunks[k](x) for k in {MODELS[name][0] for name in only}}
        return {name: self.tails[MODELS[name][1]](maps[MODELS[name][0]]) for name in only}

    def one(self, name, x):
        trunk, tail = MODELS[name]
        return self.tails[tail](self.trunks[trunk](x))
