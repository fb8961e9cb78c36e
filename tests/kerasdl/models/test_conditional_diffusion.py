"""Guidance: what 0 and 1 mean, dropped labels, and that it follows the label."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import noise_schedules
from kerasdl.models.conditional_diffusion import ConditionalDiffusion
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.samplers import DDIM

pytestmark = pytest.mark.backend

BETAS = noise_schedules.cosine(20)
X = np.random.default_rng(0).normal(size=(4, 2)).astype("float32")
STEPS, LABELS = np.array([0, 3, 9, 19], "int32"), np.array([0, 2, 1, 2], "int32")
NONE = np.full(4, 3, "int32")


def numpy(value):
    return ops.convert_to_numpy(value)


def model_of(guidance=1.0, denoiser=None, **options):
    kerasdl.seed(0)
    denoiser = denoiser or Denoiser(ConditionedMLP(16, 2), 8, classes=3)
    model = ConditionalDiffusion(denoiser, BETAS, guidance=guidance, **options)
    model.build([(None, 2), (None,)])
    return model


def noises(guidance):
    """With this guidance, with the label, and without any."""
    model = model_of(guidance)
    tensors = [ops.convert_to_tensor(a) for a in (X, STEPS, LABELS, NONE)]
    x, steps, labels, none = tensors
    results = (
        model.predict_noise(x, steps, labels),
        *(model.denoiser(x, steps, given) for given in (labels, none)),
    )
    return map(numpy, results)


def test_guidance_one_follows_the_label_and_zero_none():
    guided, with_label, without = noises(1.0)
    np.testing.assert_allclose(guided, with_label, atol=1e-6)
    assert np.abs(with_label - without).max() > 1e-3
    guided, _, without = noises(0.0)
    np.testing.assert_allclose(guided, without, atol=1e-6)


def test_guidance_three_goes_beyond():
    guided, with_label, without = noises(3.0)
    np.testing.assert_allclose(
        guided, 3 * with_label - 2 * without, rtol=1e-4, atol=1e-5
    )


def test_labels_are_dropped_as_often_as_asked():
    labels = ops.convert_to_tensor(np.arange(30_000, dtype="int32") % 3)
    dropped = numpy(model_of(drop=0.25).dropped(labels))
    assert np.mean(dropped == 3) == pytest.approx(0.25, abs=0.01)
    kept = dropped != 3
    np.testing.assert_array_equal(dropped[kept], numpy(labels)[kept])
    np.testing.assert_array_equal(numpy(model_of(drop=0.0).dropped(labels)), labels)


def test_whole_numbers_are_as_good_as_floats():
    x = np.array([[0, 1], [3, -2], [1, 1], [-1, 0]])
    received, expected = (numpy(model_of()((kind, LABELS))) for kind in (x, 1.0 * x))
    np.testing.assert_allclose(received, expected, atol=1e-6)


def test_samples_follow_the_label_after_training():
    model = model_of(guidance=1.5)
    labels = (np.arange(600) % 3).astype("int32")
    x = np.array([[-0.8, 0], [0.8, 0], [0, 0.8]], "float32")[labels]
    model.compile(keras.optimizers.Adam(0.02))
    model.fit((x, labels), batch_size=200, epochs=50, verbose=0)
    wanted = np.repeat([0, 1, 2], 50)
    samples = DDIM(model, 10, clip=1.0).sample(150, wanted)
    distances = np.linalg.norm(samples[:, None] - x[:3], axis=-1)
    assert np.mean(distances.argmin(axis=1) == wanted) > 0.9


def test_saved_and_loaded(tmp_path):
    model = model_of(guidance=2.0, drop=0.3)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.get_config() == model.get_config()
    arrays = [ops.convert_to_tensor(a) for a in (X, STEPS, LABELS)]
    pair = (numpy(m.predict_noise(*arrays)) for m in (model, loaded))
    np.testing.assert_allclose(*pair, atol=1e-6)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="denoiser with classes=0"):
        model_of(denoiser=Denoiser(ConditionedMLP(4, 2)))
    with pytest.raises(ValueError, match=r"drop=1\.0"):
        model_of(drop=1.0)
    with pytest.raises(ValueError, match="guidance=-1"):
        model_of(guidance=-1)
