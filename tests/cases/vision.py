"""Cases of vision: filters, pooling, normalisation, dropout, and their models."""

from cases import Case
from kerasdl import losses
from kerasdl.layers.adapter import ResidualAdapter
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.concatenating import ConcatenatingBlock
from kerasdl.layers.correlation import Correlation1D, Correlation2D
from kerasdl.layers.dropout import Dropout, ScheduledDropout
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.pooling import (
    AdaptiveAveragePooling2D,
    AveragePooling2D,
    MaxPooling2D,
)
from kerasdl.layers.residual import PlainBlock, ResidualBlock
from kerasdl.layers.unet import DoubleCorrelation, DownBlock, UpBlock
from kerasdl.models.cnn import CNN
from kerasdl.models.concatenating_net import ConcatenatingNet
from kerasdl.models.lenet import LeNet
from kerasdl.models.resnet import PlainNet, ResNet
from kerasdl.models.unet import UNet


def array(*shape):
    return lambda random: random.normal(size=(4, *shape)).astype("float32")


def arrays(*shapes):
    return lambda random: tuple(array(*shape)(random) for shape in shapes)


def one_hot(*shape):
    """Targets whose last axis is 1 at a random class, else 0."""

    def draw(random):
        labels = random.integers(shape[-1], size=(4, *shape[:-1], 1))
        return (labels == range(shape[-1])).astype("float32")

    return draw


def classifier(name, build, shape, parameters, gates=False):
    classes = one_hot(3)
    loss = losses.log_loss
    return Case(name, build, array(*shape), parameters, classes, loss, gates=gates)


def double(c, f, e=None):
    """Parameters of `DoubleCorrelation`."""
    return 9 * f * (c + f) + (2 * f if e is None else f * (e + 3))


def block(c, f):
    """Parameters of `PlainBlock`."""
    return 9 * f * (c + f) + 8 * f


PLAIN_NET = 2 * (9 + 4) + block(2, 2) + block(2, 3) + block(3, 4) + (4 + 1) * 3
DENSE_NET = 18 * 2 + 4 * (18 + 4) + 6 * (18 + 4) + 8 * 4 + 4 * (18 + 4) + 24 + 7 * 3
LENET = 6 * 10 + 16 * (6 * 9 + 1) + 120 * 17 + 84 * 121 + 85 * 3
SMALL_UNET = double(1, 2) + double(2, 3) + 13 * 2 + double(4, 2) + 3 * 3


CASES = [
    Case(
        "correlation_1d", lambda: Correlation1D(3, 4, 2), array(9, 2), (4 * 2 + 1) * 3
    ),
    Case(
        "correlation_2d",
        lambda: Correlation2D(3, 3, 2, "same", "tanh"),
        array(7, 6, 2),
        (9 * 2 + 1) * 3,
    ),
    Case("max_pooling_2d", lambda: MaxPooling2D(3, 2), array(7, 6, 2), 0),
    Case("average_pooling_2d", lambda: AveragePooling2D(2), array(7, 6, 2), 0),
    Case(
        "adaptive_average_pooling_2d",
        lambda: AdaptiveAveragePooling2D((3, 2)),
        array(7, 5, 2),
        0,
    ),
    Case("batch_normalization", lambda: BatchNormalization(), array(3, 5), 20),
    Case("layer_normalization", lambda: LayerNormalization(), array(3, 5), 10),
    Case("dropout", lambda: Dropout(0.4), array(6), 0),
    Case("scheduled_dropout", lambda: ScheduledDropout(0.4, 2, "late"), array(6), 1),
    Case(
        "plain_block", lambda: PlainBlock(3, 2), array(6, 6, 2), block(2, 3), gates=True
    ),
    Case("residual_block", lambda: ResidualBlock(3), array(5, 4, 3), block(3, 3)),
    Case(
        "residual_block_projection",
        lambda: ResidualBlock(3, 2),
        array(5, 6, 2),
        block(2, 3) + 3 * (2 + 4),
        gates=True,
    ),
    Case(
        "concatenating_block",
        lambda: ConcatenatingBlock(2),
        array(5, 4, 3),
        3 * (9 * 2 + 4),
        gates=True,
    ),
    Case(
        "residual_adapter_parallel",
        lambda: ResidualAdapter(Correlation2D(3, 3, 2, "same")),
        array(5, 4, 2),
        (9 * 2 + 1) * 3 + 2 * 3,
    ),
    Case(
        "residual_adapter_series",
        lambda: ResidualAdapter(Correlation2D(3, 3), "series"),
        array(5, 4, 2),
        (9 * 2 + 1) * 3 + 3 * 3,
    ),
    Case(
        "double_correlation", lambda: DoubleCorrelation(3), array(4, 6, 2), double(2, 3)
    ),
    Case(
        "double_correlation_embedding",
        lambda: DoubleCorrelation(3, embedding_dim=5),
        arrays((4, 6, 2), (5,)),
        double(2, 3, 5),
        several=True,
    ),
    Case("down_block", lambda: DownBlock(3), array(4, 6, 2), double(2, 3)),
    Case(
        "up_block",
        lambda: UpBlock(3, embedding_dim=5),
        arrays((2, 3, 4), (4, 6, 2), (5,)),
        (4 * 4 + 1) * 3 + double(3 + 2, 3, 5),
        several=True,
    ),
    classifier("lenet", lambda: LeNet(3, kernel_size=3), (8, 8, 1), LENET),
    classifier(
        "cnn",
        lambda: CNN(3, widths=(2, 3), units=5),
        (9, 8, 1),
        (9 + 1) * 2 + (18 + 1) * 3 + (4 * 3 + 1) * 5 + (5 + 1) * 3,
    ),
    classifier(
        "plain_net", lambda: PlainNet(3, 8, (2, 3, 4)), (8, 8, 1), PLAIN_NET, True
    ),
    classifier(
        "resnet",
        lambda: ResNet(3, 8, (2, 3, 4)),
        (8, 8, 1),
        PLAIN_NET + 3 * (2 + 4) + 4 * (3 + 4),
        True,
    ),
    classifier(
        "concatenating_net",
        lambda: ConcatenatingNet(3, growth=2, blocks=(2, 1)),
        (6, 6, 1),
        DENSE_NET,
        True,
    ),
    Case(
        "unet",
        lambda: UNet(3, widths=(2, 3)),
        array(4, 6, 1),
        SMALL_UNET,
        one_hot(4, 6, 3),
        losses.log_loss,
    ),
]
