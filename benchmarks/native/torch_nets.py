"""The nets as PyTorch modules, with the channels first."""

import torch
from torch import nn
from torch.nn import functional


def mlp():
    return nn.Sequential(
        *(nn.Linear(64, 128), nn.ReLU()),
        *(nn.Linear(128, 64), nn.ReLU()),
        nn.Linear(64, 10),
    )


def cnn():
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(7 * 7 * 32, 64), nn.ReLU(), nn.Linear(64, 10)),
    )


def resnet():
    return nn.Sequential(
        *(_normalized(3, 16, 3), nn.ReLU()),
        *(Residual(16, 16), Residual(16, 32, 2), Residual(32, 64, 2)),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)),
    )


class Residual(nn.Module):
    def __init__(self, channels, filters, stride=1):
        super().__init__()
        self.branch = nn.Sequential(
            *(_normalized(channels, filters, 3, stride), nn.ReLU()),
            _normalized(filters, filters, 3),
        )
        same = stride == 1 and channels == filters
        projection = None if same else _normalized(channels, filters, 1, stride)
        self.shortcut = projection or nn.Identity()

    def forward(self, x):
        return functional.relu(self.branch(x) + self.shortcut(x))


def _normalized(channels, filters, size, stride=1):
    convolution = nn.Conv2d(channels, filters, size, stride, size // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(filters, eps=1e-3))


def vit():
    return ViT()


class ViT(nn.Module):
    def __init__(self, dim=64, heads=4, units=128):
        super().__init__()
        self.patches = nn.Conv2d(1, dim, 7, 7)
        self.token = nn.Parameter(0.02 * torch.randn(1, 1, dim))
        self.positions = nn.Parameter(0.02 * torch.randn(17, dim))
        self.blocks = nn.Sequential(*[Block(dim, heads, units) for _ in range(2)])
        self.norm, self.head = nn.LayerNorm(dim), nn.Linear(dim, 10)

    def forward(self, images):
        x = self.patches(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.positions
        return self.head(self.norm(self.blocks(x))[:, 0])


class Block(nn.Module):
    def __init__(self, dim, heads, units):
        super().__init__()
        self.heads = heads
        self.norms = nn.ModuleList([nn.LayerNorm(dim), nn.LayerNorm(dim)])
        self.inputs, self.outputs = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.dense = nn.Sequential(
            nn.Linear(dim, units), nn.GELU(), nn.Linear(units, dim)
        )

    def forward(self, x):
        x = x + self.attention(self.norms[0](x))
        return x + self.dense(self.norms[1](x))

    def attention(self, x):
        split = self.inputs(x).unflatten(2, (3, self.heads, -1))
        q, k, v = split.permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v)
        return self.outputs(y.transpose(1, 2).flatten(2))


def unet():
    return UNet()


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down, self.bottom = _double(1, 16), _double(16, 32)
        self.up = nn.Sequential(
            *(nn.Upsample(scale_factor=2), nn.ZeroPad2d((0, 1, 0, 1))),
            nn.Conv2d(32, 16, 2),
        )
        self.joined, self.head = _double(32, 16), nn.Conv2d(16, 1, 1)

    def forward(self, x):
        features = self.down(x)
        x = self.up(self.bottom(functional.max_pool2d(features, 2)))
        return self.head(self.joined(torch.cat([features, x], 1)))


def _double(channels, filters):
    return nn.Sequential(
        *(nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU()),
    )
