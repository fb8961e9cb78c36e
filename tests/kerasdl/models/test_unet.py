"""The U-Net: shapes, how far it sees, embeddings, saving, errors."""

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl.models.unet import UNet

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def double(c, f, e=None):
    return 9 * f * (c + f) + (2 * f if e is None else f * (e + 3))


@pytest.mark.parametrize("e", [None, 5])
@pytest.mark.parametrize("widths", [(2,), (2, 3), (2, 3, 4)])
def test_number_of_parameters(widths, e):
    model = UNet(3, widths, e)
    model.build((None, 8, 8, 1))
    down = zip((1, *widths), widths, strict=False)
    up = zip(widths, widths[1:], strict=False)
    expected = sum(double(c, f, e) for c, f in down) + (widths[0] + 1) * 3
    expected += sum((4 * below + 1) * f + double(2 * f, f, e) for f, below in up)
    assert model.count_params() == expected


@pytest.mark.parametrize("sides", [(8, 8), (4, 12)])
def test_image_to_image(sides):
    assert UNet(3, (2, 3, 4))(draw(2, *sides, 1)).shape == (2, *sides, 3)


def test_any_size_of_image():
    assert UNet(3, (2, 3))(keras.Input((None, None, 1))).shape == (None, None, None, 3)


def test_depth_widens_the_view():
    """How far the influence of one pixel reaches grows with the levels."""

    def reach(widths):
        model, x = UNet(1, widths), np.zeros((1, 32, 32, 1), "float32")
        changed = x.copy()
        changed[0, 16, 16] = 100
        difference = numpy(model(changed) - model(x))[0, :, :, 0]
        return np.ptp(np.nonzero(difference)[0])

    assert reach((4,)) <= 4 < reach((4, 4)) < reach((4, 4, 4))


def test_embedding_changes_the_image_at_every_level():
    model, x, e = UNet(1, (2, 3), embedding_dim=5), draw(2, 4, 4, 1), draw(2, 5)
    y = numpy(model(x, e))
    assert np.any(np.abs(numpy(model(x, -e)) - y) > 1e-4)
    np.testing.assert_allclose(numpy(model(x[1:], e[1:])), y[1:], atol=1e-5)
    blocks = [model.down[0].correlations, model.bottom, model.up[0].correlations]
    assert [block.shift.units for block in blocks] == [2, 3, 2]


def test_with_embedding_saved_and_loaded(tmp_path):
    model, x, e = UNet(1, (2, 3), embedding_dim=5), draw(2, 4, 4, 1), draw(2, 5)
    y = numpy(model(x, e))
    model.save(tmp_path / "unet.keras")
    loaded = keras.models.load_model(tmp_path / "unet.keras")
    np.testing.assert_allclose(numpy(loaded(x, e)), y, atol=1e-6)


def test_batches_of_any_size_with_embedding():
    model = UNet(1, (2, 3), embedding_dim=5)
    inputs = keras.Input((4, 4, 1)), keras.Input((5,))
    whole = keras.Model(inputs, model(*inputs))
    for size in (3, 2):
        arrays = [draw(size, 4, 4, 1), draw(size, 5)]
        assert whole.predict(arrays, verbose=0).shape == (size, 4, 4, 1)


@pytest.mark.parametrize(
    "dim, embedding", [(None, draw(1, 5)), (5, None), (5, draw(1, 4))]
)
def test_missing_wrong_or_unexpected_embeddings(dim, embedding):
    with pytest.raises(ValueError, match="UNet was made with embedding_dim="):
        UNet(1, (2, 3), dim)(draw(1, 4, 4, 1), embedding)


def test_other_errors():
    with pytest.raises(ValueError, match=r"sides that 4 divides.*\(None, 8, 6, 1\)"):
        UNet(1, (2, 3, 4)).build((None, 8, 6, 1))
    with pytest.raises(ValueError, match="levels=0"):
        UNet(1, ())
    with pytest.raises(ValueError, match="outputs=0"):
        UNet(0)
