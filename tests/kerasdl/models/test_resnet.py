"""Plain and residual networks: depth, parameters, why the shortcut helps, errors."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.autodiff import variable_gradients
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.models.resnet import PlainNet, ResNet

pytestmark = pytest.mark.backend

KINDS = pytest.mark.parametrize("kind", [PlainNet, ResNet])


def draw(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def block(c, f):
    return 9 * f * (c + f) + 8 * f


def layers_with_weights(model):
    """Correlations and dense layers, the projections not counted."""
    return [
        layer
        for layer in model._flatten_layers()
        if isinstance(layer, (Correlation2D, Dense))
        and getattr(layer, "kernel_size", 3) == 3
    ]


@KINDS
@pytest.mark.parametrize("depth", [8, 14, 20])
def test_depth_and_parameters(kind, depth):
    model = kind(3, depth, (2, 3, 4))
    model.build((None, 8, 8, 1))
    assert len(layers_with_weights(model)) == depth
    n = (depth - 2) // 6
    expected = 2 * (9 + 4) + block(2, 2) + block(2, 3) + block(3, 4) + 5 * 3
    expected += (n - 1) * (block(2, 2) + block(3, 3) + block(4, 4))
    expected += (3 * (2 + 4) + 4 * (3 + 4)) * (kind is ResNet)
    assert model.count_params() == expected


@KINDS
def test_any_size_of_image(kind):
    model = kind(3, 8, (2, 3, 4))
    assert model(keras.Input((None, None, 1))).shape == (None, 3)
    for sides in ((8, 8), (5, 9)):
        assert model(draw(2, *sides, 1)).shape == (2, 3)


def test_stages_halve_the_image():
    model, x = ResNet(3, 14, (2, 3, 4)), draw(1, 8, 8, 1)
    x = model.stem(x)
    shapes = [tuple((x := block(x)).shape[1:]) for block in model.blocks]
    assert shapes == [(8, 8, 2)] * 2 + [(4, 4, 3)] * 2 + [(2, 2, 4)] * 2


def test_shortcuts_carry_gradients_to_the_first_layer():
    """With silent branches a residual network still learns in its stem."""

    def gradient_of_stem(kind):
        kerasdl.seed(0)
        model = kind(3, 8, (4, 4, 4))
        x = ops.convert_to_tensor(draw(4, 8, 8, 1))
        model(x)
        for block in model.blocks:
            block.second_norm.gamma.assign(np.full(4, 1e-3))
        kernel = [model.stem.kernel]
        loss = lambda: ops.sum(model(x)[:, 0])  # noqa: E731
        _, (gradient,) = variable_gradients(loss, kernel, model.variables)
        return np.abs(ops.convert_to_numpy(gradient)).max()

    assert gradient_of_stem(ResNet) > 1000 * gradient_of_stem(PlainNet)


@KINDS
@pytest.mark.parametrize("depth", [2, 7, 9, 18])
def test_other_depths_are_errors(kind, depth):
    with pytest.raises(ValueError, match=rf"6 n \+ 2.*Received: depth={depth}"):
        kind(3, depth)


def test_other_errors():
    with pytest.raises(ValueError, match=r"three widths.*widths=\(2, 3\)"):
        ResNet(3, 8, (2, 3))
    with pytest.raises(ValueError, match="PlainNet needs images"):
        PlainNet(3, 8).build((None, 64))
