"""Grad-CAM and Score-CAM: by hand, and where an object was planted."""

import keras
import numpy as np
import pytest
from keras import layers, ops

import kerasdl
from kerasdl.explain import enlarge, grad_cam, score_cam, split_model
from kerasdl.metrics import load_feature_net

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)


def numpy(x):
    return ops.convert_to_numpy(x)


def planted(n, seed):
    """Images with a cross (class 0) or its opposite (1), the labels and places."""
    random = np.random.default_rng(seed)
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    patterns = np.stack([cross, 1 - cross])
    images = random.uniform(0, 0.3, size=(n, 12, 12, 1)).astype("float32")
    labels = random.integers(2, size=n)
    places = random.integers(0, 10, size=(n, 2))
    for image, label, (row, column) in zip(images, labels, places, strict=True):
        image[row:, column:, 0][:3, :3] = patterns[label]
    return images, labels, places


@pytest.fixture(scope="module")
def model():
    """A functional model, trained to find the pattern."""
    kerasdl.seed(0)
    start = kerasdl.HeNormal
    inputs = keras.Input((12, 12, 1))
    x = layers.Conv2D(8, 3, activation="relu", kernel_initializer=start())(inputs)
    x = layers.Conv2D(
        8, 3, padding="same", activation="relu", kernel_initializer=start(), name="last"
    )(x)
    x = layers.GlobalMaxPooling2D()(x)
    outputs = kerasdl.Dense(2)(x)
    model = keras.Model(inputs, outputs)
    images, labels, _ = planted(400, seed=0)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    batches = kerasdl.Batches(images, labels, 50, seed=0)
    history = model.fit(batches, epochs=12, verbose=0).history
    assert history["accuracy"][-1] > 0.95
    return model


def fixed_maps(x):
    """An image to two maps: itself and its opposite."""
    return ops.concatenate([x, 1 - x], axis=-1)


def fixed_head(maps):
    """Logits: the mean of map 0; twice that of map 1."""
    means = ops.mean(maps, axis=(1, 2))
    return ops.stack([means[:, 0], 2 * means[:, 1]], axis=1)


def test_grad_cam_by_hand():
    x = random.uniform(size=(3, 4, 4, 1)).astype("float32")
    received = numpy(grad_cam(fixed_maps, fixed_head, x, np.array([0, 1, 0])))
    expected = np.stack([x[0] / 16, 2 * (1 - x[1]) / 16, x[2] / 16])[..., 0]
    np.testing.assert_allclose(received, expected, rtol=1e-5)


def test_negative_evidence_is_cut_off():
    x = random.uniform(size=(2, 4, 4, 1)).astype("float32")
    received = numpy(grad_cam(fixed_maps, lambda maps: -fixed_head(maps), x, 0))
    assert (received == 0).all()


def test_score_cam_by_hand():
    x = np.zeros((1, 2, 2, 1), "float32")
    x[0, 0, 0] = 1
    # Map 0 as a mask leaves the image as it is, map 1 blackens it; the logit of class
    # 0 is the mean of the image: 1/4 and 0 above a black one.
    weights = np.exp([0.25, 0.0]) / np.exp([0.25, 0.0]).sum()
    expected = weights[0] * x[..., 0] + weights[1] * (1 - x[..., 0])
    received = numpy(score_cam(fixed_maps, fixed_head, x, 0))
    np.testing.assert_allclose(received, expected, rtol=1e-5)


@pytest.mark.parametrize("cam", [grad_cam, score_cam])
def test_points_to_the_planted_object(model, cam):
    images, labels, places = planted(40, seed=1)
    features, head = split_model(model, "last")
    maps = numpy(enlarge(cam(features, head, images, labels), (12, 12)))
    assert maps.shape == (40, 12, 12) and maps.min() == 0 and maps.max() <= 1
    peaks = np.array([np.unravel_index(m.argmax(), m.shape) for m in maps])
    near = np.abs(peaks - (places + 1)).max(axis=1) <= 2
    assert near.mean() > 0.8


def test_works_for_a_subclass_with_two_functions():
    net = load_feature_net()
    images, labels = kerasdl.data.load("digits", split="test")

    def head(maps):
        return net.head(net.hidden(net.flatten(net.pool(maps))))

    maps = grad_cam(lambda x: net.maps(x)[-1], head, images[:4], labels[:4])
    assert np.asarray(maps).shape == (4, 4, 4) and numpy(maps).max() > 0


def test_enlarge():
    maps = np.array([[[1.0, 3.0]], [[2.0, 2.0]]], "float32")
    received = numpy(enlarge(maps, (2, 4)))
    assert received.shape == (2, 2, 4)
    np.testing.assert_allclose(received[0], [[0, 0.25, 0.75, 1]] * 2, atol=1e-6)
    assert (received[1] == 0).all()


def test_split_of_a_functional_model(model):
    images, _, _ = planted(3, seed=2)
    features, head = split_model(model, "last")
    np.testing.assert_allclose(
        numpy(head(features(images))), numpy(model(images)), atol=1e-5
    )
    assert features(images).shape == (3, 10, 10, 8)


def test_split_of_a_sequential_model_shares_its_weights():
    model = keras.Sequential(
        [keras.Input((3,)), layers.Dense(4, name="first"), layers.Dense(2)]
    )
    features, head = split_model(model, "first")
    x = np.ones((2, 3), "float32")
    model.set_weights([w + 1 for w in model.get_weights()])
    np.testing.assert_allclose(numpy(head(features(x))), numpy(model(x)), atol=1e-5)


def test_errors(model):
    with pytest.raises(ValueError, match="one of .*last.*'lost'"):
        split_model(model, "lost")
    with pytest.raises(ValueError, match="functional or Sequential.*MLP"):
        split_model(kerasdl.MLP(3, 2), "hidden")
    with pytest.raises(ValueError, match="built.*Sequential"):
        split_model(keras.Sequential([layers.Dense(2, name="dense")]), "dense")
    inputs = keras.Input((3,))
    x = layers.Dense(3, name="inner")(inputs)
    skipped = keras.Model(inputs, layers.Add()([x, inputs]))
    with pytest.raises(ValueError, match="all paths.*'inner'"):
        split_model(skipped, "inner")
    with pytest.raises(ValueError, match=r"\(batch, rows, columns, maps\).*flattens"):
        grad_cam(layers.Flatten(), model, np.zeros((2, 4, 4, 1), "float32"), 0)
