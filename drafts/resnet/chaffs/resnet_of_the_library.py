# caught by: resnet/weights, resnet/logits, resnet/blocks-of-the-plan, resnet/blocks-one-after-the-other, resnet/stem, resnet/mean-over-places
# Uses the library's network.


# %% solution="resnet"
from kerasdl.models import ResNet as Borrowed


def resnet(plan, channels, classes, make_block):
    return Borrowed(classes, depth=2 + 2 * len(plan))
