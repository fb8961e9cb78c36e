"""Diffusion: the forward process, the loss, training, and wrong schedules."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import noise_schedules
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.samplers import DDIM
from kerasdl.models.unet import UNet

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


class Silent(keras.layers.Layer):
    """A denoiser that sees no noise."""

    def call(self, x, steps):
        return ops.zeros_like(x)


def model_of(denoiser=None, steps=20, shape=(None, 2)):
    model = Diffusion(denoiser or Silent(), noise_schedules.cosine(steps))
    model.build(shape)
    return model


def small():
    return Denoiser(ConditionedMLP(8, 2), embedding_dim=4)


def test_q_sample_is_the_closed_form():
    model = model_of()
    left = noise_schedules.alpha_bars(model.betas)
    x, noise = np.random.default_rng(0).normal(size=(2, 3, 4, 4, 1)).astype("float32")
    noisy = numpy(model.q_sample(x, np.array([0, 7, 19]), noise))
    for row, step in enumerate([0, 7, 19]):
        expected = np.sqrt(left[step]) * x[row] + np.sqrt(1 - left[step]) * noise[row]
        np.testing.assert_allclose(noisy[row], expected, atol=1e-6)


def test_q_sample_has_the_variance_of_the_steps_taken_one_by_one():
    model, generator = model_of(), np.random.default_rng(0)
    x = generator.normal(0.5, 0.2, size=(100_000, 1)).astype("float32")
    x_next = x
    for beta in model.betas[:8]:
        noise = generator.normal(size=x.shape)
        x_next = np.sqrt(1 - beta) * x_next + np.sqrt(beta) * noise
    steps, noise = np.full(len(x), 7), generator.normal(size=x.shape)
    at_once = numpy(model.q_sample(x, steps, noise.astype("float32")))
    assert at_once.mean() == pytest.approx(x_next.mean(), abs=0.01)
    assert at_once.var() == pytest.approx(x_next.var(), rel=0.02)


def test_steps_are_spread_evenly_over_all():
    model = model_of(steps=20)
    x = np.zeros((20_000, 2), "float32")
    steps, noise = map(numpy, model.draw(x))
    assert set(np.bincount(steps, minlength=20)) <= {999, 1000, 1001}
    firsts = [int(numpy(model.draw(x[:1])[0])[0]) for _ in range(40)]
    assert len(set(firsts)) > 10  # also where there is one example
    assert abs(noise.mean()) < 0.02 and abs(noise.std() - 1) < 0.02
    assert not np.array_equal(noise, numpy(model.draw(x)[1]))


def test_whole_numbers_are_as_good_as_floats():
    x = np.array([[0, 1], [3, -2], [1, 1], [-1, 0]])
    results = []
    for kind in (x, 1.0 * x):
        kerasdl.seed(0)
        results.append(numpy(model_of(small())(kind)))
    np.testing.assert_allclose(*results, atol=1e-6)


def test_loss_of_a_denoiser_that_says_nothing_is_the_variance_of_the_noise():
    model = model_of()
    x = np.zeros((20_000, 2), "float32")
    loss = model.compute_loss(x=x, y_pred=model(x))
    assert float(loss) == pytest.approx(1.0, abs=0.03)


def test_loss_of_the_exact_denoiser_of_one_point_is_zero():
    left = noise_schedules.alpha_bars(noise_schedules.cosine(20)).astype("float32")

    class Exact(keras.layers.Layer):
        def call(self, x, steps):
            kept = ops.take(ops.convert_to_tensor(left), steps)[:, None]
            return (x - ops.sqrt(kept) * 0.5) / ops.sqrt(1 - kept)

    model = model_of(Exact())
    x = np.full((50, 2), 0.5, "float32")
    assert float(model.compute_loss(x=x, y_pred=model(x))) < 1e-5


def test_fit_lowers_the_loss_on_points():
    kerasdl.seed(0)
    model = model_of(small())
    model.compile(keras.optimizers.Adam(0.01))
    x = np.full((256, 2), 0.5, "float32")
    losses = model.fit(x, batch_size=64, epochs=15, verbose=0).history["loss"]
    assert losses[-1] < 0.5 * losses[0]
    assert model.evaluate(x, verbose=0) < 0.6 * losses[0]


def test_saved_and_loaded(tmp_path):
    model = model_of(small())
    model.save(tmp_path / "diffusion.keras")
    loaded = keras.models.load_model(tmp_path / "diffusion.keras")
    np.testing.assert_array_equal(loaded.betas, model.betas)
    assert loaded.example_shape == (2,)
    x, steps = np.ones((3, 2), "float32"), np.arange(3)
    np.testing.assert_allclose(
        *(numpy(m.predict_noise(x, steps)) for m in (model, loaded)), atol=1e-6
    )


def test_a_schedule_that_keeps_the_signal_is_an_error_unless_allowed():
    betas = noise_schedules.linear(50)
    with pytest.raises(ValueError, match=r"0\.603.*allow_signal=True"):
        Diffusion(Silent(), betas)
    model = Diffusion(Silent(), betas, allow_signal=True)
    assert model.get_config()["allow_signal"]


@pytest.mark.parametrize("classes", [0, 3])
def test_parameters_of_the_denoiser(classes):
    denoiser = Denoiser(ConditionedMLP((5, 6), 2), 8, classes)
    labels = (np.zeros(3, "int32"),) if classes else ()
    denoiser(np.zeros((3, 2), "float32"), np.zeros(3, "int32"), *labels)
    network = (2 + 8 + 1) * 5 + 6 * 6 + 7 * 2
    table = (classes + 1) * 8 if classes else 0
    assert denoiser.count_params() == 2 * 8 * 9 + table + network


def test_wrong_inputs_of_the_denoiser():
    x, steps = np.zeros((3, 2), "float32"), np.zeros(3, "int32")
    with pytest.raises(ValueError, match=r"classes=0, labels"):
        Denoiser(ConditionedMLP(4, 2))(x, steps, steps)
    with pytest.raises(ValueError, match=r"classes=2, no labels"):
        Denoiser(ConditionedMLP(4, 2), classes=2)(x, steps)
    with pytest.raises(ValueError, match="classes"):
        Denoiser(ConditionedMLP(4, 2), classes=-1)
    with pytest.raises(ValueError, match=r"\(batch, dim\).*Flatten"):
        Denoiser(ConditionedMLP(4, 2))(np.zeros((3, 4, 4, 1), "float32"), steps)


def test_images_with_a_unet():
    kerasdl.seed(0)
    unet = UNet(1, widths=(2, 4), embedding_dim=8)
    model = model_of(Denoiser(unet, embedding_dim=8), shape=(None, 8, 8, 1))
    model.compile("adam")
    x = np.random.default_rng(0).uniform(-1, 1, (8, 8, 8, 1)).astype("float32")
    history = model.fit(x, batch_size=4, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert DDIM(model, 2, clip=1.0).sample(3).shape == (3, 8, 8, 1)
