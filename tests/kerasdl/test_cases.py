"""What holds for every layer and model, on the backend that runs."""

import keras
import numpy as np
import pytest
from keras import tree

import harness
from cases import all_cases

pytestmark = pytest.mark.backend

CASES = all_cases()
each = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def test_names_are_unique():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


@each
def test_number_of_parameters_is_that_of_the_docstring(case):
    assert harness.make(case).count_params() == case.parameters


@each
def test_same_seed_same_weights(case):
    first, second = harness.make(case), harness.make(case)
    for one, other in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


@each
def test_trains_compiled(case):
    made = harness.make(case)
    if case.integers or not made.trainable_variables:
        pytest.skip("nothing to train")
    start = [weights.copy() for weights in made.get_weights()]
    losses = harness.train(case, made, steps=3)
    assert np.all(np.isfinite(losses))
    moved = [
        not np.array_equal(one, other)
        for one, other in zip(start, made.get_weights(), strict=True)
    ]
    assert any(moved)


@each
def test_any_batch_size(case):
    """Built once for an unknown batch size, it takes batches of four and of three."""
    model = harness.functional(harness.make(case), case)
    x = harness.arrays(case)[0]
    for size in (4, 3):
        part = tree.map_structure(lambda a, size=size: a[:size], x)
        part = list(part) if case.several else part
        outputs = harness.flat(model.predict(part, verbose=0))
        assert all(leaf.shape[0] == size for leaf in outputs if leaf.ndim)


@each
def test_saved_and_loaded(case, tmp_path):
    made = harness.make(case)
    model = made if isinstance(made, keras.Model) else harness.functional(made, case)
    model.save(tmp_path / "case.keras")
    loaded = keras.models.load_model(tmp_path / "case.keras")
    again = loaded if model is made else loaded.get_layer(made.name)
    assert again.get_config() == made.get_config()
    for one, other in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    expected = harness.outputs_of(case, model)
    received = harness.outputs_of(case, loaded)
    for one, other in zip(expected, received, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


@each
def test_mixed_precision(case):
    exact = harness.outputs_of(case, harness.make(case))
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        made = harness.make(case)
        rough = harness.outputs_of(case, made)
        trainable = bool(made.trainable_variables) and not case.integers
        losses = harness.train(case, made, steps=2) if trainable else [0.0]
    finally:
        keras.config.set_dtype_policy("float32")
    assert all(v.dtype == "float32" for v in made.trainable_variables)
    assert np.all(np.isfinite(losses))
    for one, other in zip(exact, rough, strict=True):
        assert one.shape == other.shape and np.all(np.isfinite(other))


MADE_OF_OTHERS = {  # what they are made of has a policy of its own
    "conditional_diffusion",
    "conditional_gan",
    "denoiser",
    "denoiser_with_classes",
    "diffusion",
    "gan",
    "latent_diffusion",
    "residual_adapter_parallel",
    "residual_adapter_series",
}


@each
def test_dtype_is_that_of_all_parts(case):
    if case.name in MADE_OF_OTHERS:
        pytest.skip("made of given networks")
    template = harness.make(case)
    config = {**template.get_config(), "dtype": "mixed_bfloat16"}
    made = type(template).from_config(config)
    x = harness.tensors(harness.arrays(case)[0])
    first, *_ = tree.flatten(made(*x) if case.several else made(x))
    assert keras.backend.standardize_dtype(first.dtype) in ("bfloat16", "int32")


@each
def test_inputs_of_another_size_are_an_error_or_keep_their_rows(case):
    made = harness.make(case)
    x = harness.arrays(case)[0]
    first = tree.flatten(x)[0]
    for axis in range(1, first.ndim):
        larger = np.concatenate([first, first], axis)
        other = tree.pack_sequence_as(x, [larger, *tree.flatten(x)[1:]])
        other = harness.tensors(other)
        try:
            outputs = made(*other) if case.several else made(other)
        except ValueError:
            continue
        assert all(leaf.shape[0] == 4 for leaf in harness.flat(outputs) if leaf.ndim)
