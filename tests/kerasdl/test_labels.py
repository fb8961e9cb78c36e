"""Labels that no class has: an error before training or sampling starts."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import explain, models, noise_schedules
from kerasdl.labels import check_labels

pytestmark = pytest.mark.backend

IMAGES = np.zeros((4, 8, 8, 1), "float32")
POINTS = np.zeros((4, 2), "float32")
LABELS = np.array([0, 1, 2, 0])


@pytest.mark.parametrize("labels", [2, [0, 2], np.array([0.0, 1.0]), np.int32(1)])
def test_labels_that_fit(labels):
    check_labels("labels", labels, 3)


@pytest.mark.parametrize(
    ("labels", "received"),
    [
        (3, "from 3 to 3"),
        ([0, -1], "from -1 to 0"),
        ([0.5], "not whole"),
        ([float("nan")], "not whole"),
        ([], "shape \\(0,\\)"),
    ],
)
def test_labels_that_do_not(labels, received):
    with pytest.raises(ValueError, match=f"from 0 to 2. Received: .*{received}"):
        check_labels("labels", labels, 3)


def conditional_gan():
    networks = models.ImageGenerator(3, filters=2), models.ImageDiscriminator(3, 2)
    return compiled(models.ConditionalGAN(*networks, noise_dim=2)), IMAGES


def conditional_diffusion():
    denoiser = models.Denoiser(models.ConditionedMLP(4, 2), 4, classes=2)
    model = models.ConditionalDiffusion(denoiser, noise_schedules.cosine(10))
    return compiled(model), POINTS


def compiled(model):
    kerasdl.seed(0)
    model.compile(keras.optimizers.SGD(1e-3))
    return model


@pytest.mark.parametrize("make", [conditional_gan, conditional_diffusion])
def test_fit_looks_at_labels_and_pairs(make):
    model, x = make()
    with pytest.raises(ValueError, match="labels from 0 to 9"):
        model.fit((x, np.array([0, 9, 0, 0])), verbose=0)
    with pytest.raises(ValueError, match=r"Write fit\(\(examples, labels\)\)"):
        model.fit(x, LABELS, verbose=0)
    model.fit((x, LABELS), verbose=0)  # label 2 of 2 classes is "no label"


class Once(keras.utils.PyDataset):
    """One batch."""

    def __init__(self, batch):
        super().__init__()
        self.batch = batch

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return self.batch


@pytest.mark.parametrize("make", [conditional_gan, conditional_diffusion])
def test_fit_looks_at_tensors_and_the_first_batch(make):
    model, x = make()
    wrong = np.array([0, 9, 0, 0])
    pair = keras.ops.convert_to_tensor(x), keras.ops.convert_to_tensor(wrong)
    for source in (pair, Once(((x, wrong),)), Once(((x, wrong), x))):
        with pytest.raises(ValueError, match="labels from 0 to 9"):
            model.fit(source, verbose=0)
    with pytest.raises(ValueError, match=r"batches \(\(examples, labels\),\)"):
        model.fit(Once((x, LABELS)), verbose=0)
    model.fit(Once(((x, LABELS),)), verbose=0)


@pytest.mark.parametrize("classes", [[0, 3], [-1, 0]])
def test_tensors_are_looked_at_where_they_have_values(classes):
    tensor, x = keras.ops.convert_to_tensor(classes), np.ones((2, 3), "float32")
    with pytest.raises(ValueError, match="classes that are whole numbers from 0 to 2"):
        explain.saliency(lambda x: x, x, tensor)
    compiled = kerasdl.jit(lambda x, y: explain.saliency(lambda x: x, x, y))
    assert compiled(x, LABELS[:2]).shape == (2, 3)


def test_sample_looks_at_its_arguments():
    conditional, _ = conditional_diffusion()
    with pytest.raises(ValueError, match="not built"):
        models.DDIM(conditional, 2).sample(2, [0, 1])
    conditional.build([(None, 2), (None,)])
    sampler = models.DDIM(conditional, 2)
    for labels, words in (
        ([9, 1], "from 1 to 9"),
        (None, "Received: none"),
        ([0], r"shape \(2,\).*labels of \(1,\)"),
    ):
        with pytest.raises(ValueError, match=words):
            sampler.sample(2, labels)
    with pytest.raises(ValueError, match="count=0"):
        sampler.sample(0, [])
    assert sampler.sample(2, [0, 2]).shape == (2, 2)


def test_a_plain_model_takes_no_labels():
    denoiser = models.Denoiser(models.ConditionedMLP(4, 2), 4)
    model = models.Diffusion(denoiser, noise_schedules.cosine(10))
    model.build((None, 2))
    with pytest.raises(ValueError, match="needs no labels"):
        models.DDIM(model, 2).sample(2, [0, 1])
