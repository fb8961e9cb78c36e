"""Attacks: they stay in their ball and range, and they change answers."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.explain import fgsm, one_pixel_attack, pgd
from kerasdl.metrics import load_feature_net

pytestmark = pytest.mark.backend

WEIGHTS = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")


def numpy(x):
    return ops.convert_to_numpy(x)


def linear(x):
    return ops.matmul(x, WEIGHTS)


@pytest.fixture(scope="module")
def net():
    return load_feature_net()


@pytest.fixture(scope="module")
def digits():
    images, labels = kerasdl.data.load("digits", split="test")
    return images[:40], labels[:40]


def accuracy(net, images, labels):
    return np.mean(numpy(net(images)).argmax(axis=1) == labels)


def log_loss(net, images, labels):
    log_p = numpy(ops.log_softmax(net(images)))
    return -log_p[np.arange(len(labels)), labels]


def test_fgsm_of_a_linear_model_is_the_formula():
    x = np.random.default_rng(1).uniform(0.2, 0.8, size=(5, 6)).astype("float32")
    labels = np.array([0, 1, 2, 1, 0])
    exponentials = np.exp(x @ WEIGHTS)
    p = exponentials / exponentials.sum(axis=1, keepdims=True)
    gradient = (p - np.eye(3)[labels]) @ WEIGHTS.T
    expected = x + 0.1 * np.sign(gradient)
    np.testing.assert_allclose(numpy(fgsm(linear, x, labels, 0.1)), expected, rtol=1e-6)


@pytest.mark.parametrize("attack", [fgsm, pgd])
@pytest.mark.parametrize("radius", [0.0, 0.05, 0.2])
def test_stays_in_the_ball_and_the_range(net, digits, attack, radius):
    images, labels = digits
    attacked = numpy(attack(net, images, labels, radius))
    assert attacked.shape == images.shape
    assert abs(attacked - images).max() <= radius + 1e-6
    assert attacked.min() >= 0 and attacked.max() <= 1
    if radius:
        assert abs(attacked - images).max() == pytest.approx(radius, abs=1e-6)


def test_other_ranges(net, digits):
    images, labels = digits

    def model(x):
        return net((x + 1) / 2)

    attacked = numpy(pgd(model, 2 * images - 1, labels, 0.2, low=-1.0, high=1.0))
    assert attacked.min() == -1 and attacked.max() <= 1
    expected = numpy(pgd(net, images, labels, 0.1))
    assert np.mean(abs((attacked + 1) / 2 - expected) < 1e-4) > 0.99


def test_attacks_flip_answers_and_pgd_does_more(net, digits):
    images, labels = digits
    clean = accuracy(net, images, labels)
    one_step = accuracy(net, fgsm(net, images, labels, 0.2), labels)
    many = accuracy(net, pgd(net, images, labels, 0.2), labels)
    assert clean > 0.95 and many <= one_step < 0.7 and many < 0.3
    noise = np.random.default_rng(0).choice([-0.2, 0.2], size=images.shape)
    noisy = np.clip(images + noise, 0, 1).astype("float32")
    assert accuracy(net, noisy, labels) > one_step


def test_the_loss_rises_with_the_number_of_steps(net, digits):
    images, labels = digits
    losses = [
        log_loss(net, pgd(net, images, labels, 0.1, steps=steps), labels).mean()
        for steps in (1, 4, 20)
    ]
    assert log_loss(net, images, labels).mean() < losses[0] < losses[1]
    assert losses[1] < losses[2] * 1.05


def test_targeted_attack_reaches_the_target(net, digits):
    images, labels = digits
    wanted = (labels + 1) % 10
    attacked = pgd(net, images, wanted, 0.4, steps=20, targeted=True)
    assert accuracy(net, attacked, wanted) > 0.9


def test_noise_becomes_a_certain_answer(net):
    noise = np.random.default_rng(0).uniform(size=(40, 8, 8, 1)).astype("float32")
    wanted = np.arange(40) % 10
    fooling = pgd(net, noise, wanted, 1.0, steps=40, targeted=True)
    assert np.exp(-log_loss(net, fooling, wanted)).min() > 0.95


def test_the_start_depends_on_the_seed_only(net, digits):
    images, labels = digits
    first, again, other = (
        numpy(pgd(net, images, labels, 0.1, steps=1, step_size=0.0, seed=seed))
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    drawn = kerasdl.random.uniform(images.shape, kerasdl.random.fold_in(1, 0))
    expected = 0.1 * (2 * numpy(drawn) - 1)
    np.testing.assert_allclose(first, np.clip(images + expected, 0, 1), atol=1e-6)


def test_results_are_constants_that_numpy_can_read(net, digits):
    images, labels = digits
    assert np.asarray(fgsm(net, images, labels, 0.1)).shape == images.shape
    assert np.asarray(pgd(net, images, labels, 0.1, steps=1)).shape == images.shape


class Robust(kerasdl.Model):
    """Learns from attacked images, which `compute_loss` makes."""

    def __init__(self):
        super().__init__()
        self.net = kerasdl.MLP((32,), 2)
        self.seeds = kerasdl.random.generator()

    def build(self, input_shape):
        self.net.build(input_shape)

    def call(self, x):
        return self.net(x)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        key = kerasdl.random.key(self.seeds)
        attacked = pgd(self.net, x, y, 0.1, steps=2, seed=key)
        log_p = ops.log_softmax(self.net(attacked))
        return -ops.mean(ops.sum(log_p * ops.one_hot(y, 2), axis=1))


def test_adversarial_training_inside_fit():
    """Feature 0 separates by a wide margin, the others by a narrow one."""
    random = np.random.default_rng(0)
    labels = random.integers(2, size=400)
    x = np.full((400, 8), 0.5) + 0.04 * (2 * labels[:, None] - 1)
    x[:, 0] = 0.5 + 0.3 * (2 * labels - 1)
    x = x.astype("float32")
    kerasdl.seed(0)
    model = Robust()
    model.build((None, 8))
    model.compile(keras.optimizers.Adam(0.01))
    losses = model.fit(x, labels, epochs=10, batch_size=50, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    assert accuracy(model, pgd(model, x, labels, 0.1), labels) > 0.95


def test_one_pixel_attack_changes_one_pixel(net, digits):
    images, labels = digits
    attacked = images.copy()
    attacked[0] = one_pixel_attack(net, images[0], labels[0], 40, generations=3)
    changed = (attacked[0] != images[0]).any(axis=-1)
    assert changed.sum() == 1
    assert attacked.min() >= 0 and attacked.max() <= 1
    before, after = (log_loss(net, each, labels)[0] for each in (images, attacked))
    assert after > before


def test_one_pixel_attack_flips_some_answers(net, digits):
    images, labels = digits
    attacked = images.copy()
    for n in range(20):
        attacked[n] = one_pixel_attack(net, images[n], labels[n], 40, generations=10)
    assert accuracy(net, attacked, labels) <= accuracy(net, images, labels) - 2 / 40


def test_one_pixel_attack_finds_the_pixel_that_matters():
    """Of 400 pixels one decides, the more the darker it gets."""

    def model(x):
        return ops.stack([8 * x[:, 13, 7, 0], 3 * ops.ones_like(x[:, 0, 0, 0])], axis=1)

    image = np.ones((20, 20, 2), "float32")
    attacked = one_pixel_attack(model, image, 0, population=200, generations=40)
    assert attacked[13, 7, 0] < 3 / 8


def test_errors(net, digits):
    images, labels = digits
    with pytest.raises(ValueError, match="radius=-0.1"):
        fgsm(net, images, labels, -0.1)
    with pytest.raises(ValueError, match=r"\[0.0, 1.0\].*to 255"):
        fgsm(net, 255 * images, labels, 0.1)
    for wrong in (ops.convert_to_tensor(-images), (2 * images).tolist()):
        for attack in (fgsm, pgd):
            with pytest.raises(ValueError, match=r"\[0.0, 1.0\].*Received: values"):
                attack(net, wrong, labels, 0.1)
    with pytest.raises(ValueError, match="0 to 9.*from -1"):
        fgsm(net, images, ops.convert_to_tensor(labels - 1), 0.1)
    with pytest.raises(ValueError, match="steps=0"):
        pgd(net, images, labels, 0.1, steps=0)
    with pytest.raises(ValueError, match=r"one per example.*\(39,\)"):
        pgd(net, images, labels[:39], 0.1)
    with pytest.raises(ValueError, match=r"one image.*\(40, 8, 8, 1\)"):
        one_pixel_attack(net, images, 3)
    with pytest.raises(ValueError, match="population=3"):
        one_pixel_attack(net, images[0], 3, population=3)
