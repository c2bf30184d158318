"""The network: a plain residual net, every channel count a multiple of 16."""
import torch
from torch import nn

WIDTHS = (32, 64, 128, 320)  # stem, then the stages
BLOCKS = (0, 1, 2, 1)
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class Block(nn.Module):
    def __init__(self, cin, cout, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        self.skip = self.bn3 = None
        if stride != 1 or cin != cout:
            self.skip = nn.Conv2d(cin, cout, 1, stride, 0, bias=False)
            self.bn3 = nn.BatchNorm2d(cout)

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.skip is None else self.bn3(self.skip(x))))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, WIDTHS[0], 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(WIDTHS[0])
        blocks, cin = [], WIDTHS[0]
        for stage, (width, count) in enumerate(zip(WIDTHS, BLOCKS)):
            for i in range(count):
                blocks.append(Block(cin, width, 2 if i == 0 and stage > 0 else 1))
                cin = width
        self.blocks = nn.Sequential(*blocks)
        self.dimension = cin
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
        for b in blocks:
            nn.init.constant_(b.bn2.weight, 0.2)

    def forward(self, x):
        x = torch.relu(self.bn(self.stem(x)))
        return self.blocks(x).float().mean((2, 3))
