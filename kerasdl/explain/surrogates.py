"""LIME and SHAP, by their own packages: `pip install 'kerasdl[explain]'`."""

import contextlib
import importlib

import numpy as np
from keras import ops


def lime_weights(
    predict, background, example, class_index: int, samples: int = 1000, seed: int = 0
) -> np.ndarray:
    """One example `(features,)` to the weights of a local linear model, `(features,)`.

    LIME asks the model about random points around the example and fits a linear model
    to its answers, nearer points counting more. A weight is the change of the
    probability for a change of the feature by its standard deviation.

    Args:
        predict: a function, `(n, features)` to probabilities `(n, classes)`.
        background: data `(m, features)` that gives each feature's mean and spread.
        example: what to explain.
        class_index: whose probability is explained.
        samples: number of random points.
        seed: of the random points, an integer.

    Raises:
        ImportError: when the package lime is not installed.
        ValueError: when the example does not have the background's features.

    Source: Ribeiro et al. 2016, https://arxiv.org/abs/1602.04938, by the package lime.
    """
    tabular = _package("lime.lime_tabular")
    background, example = np.asarray(background), np.asarray(example)
    _check(background, example, example.shape)
    explainer = tabular.LimeTabularExplainer(
        background,
        mode="classification",
        discretize_continuous=False,
        random_state=seed,
    )
    explanation = explainer.explain_instance(
        example,
        _of_arrays(predict),
        labels=(class_index,),
        num_features=len(example),
        num_samples=samples,
    )
    weights = np.zeros(len(example))
    for feature, weight in explanation.local_exp[class_index]:
        weights[feature] = weight
    return weights


def shap_values(
    predict, background, examples, samples: int = 500, seed: int = 0
) -> np.ndarray:
    """Examples `(n, features)` to SHAP values `(n, features, outputs)`.

    The Shapley value of a feature is the mean change of the output as the feature
    becomes known, over all orders in which features may become known; an unknown one
    has its values of the background. The values of an example sum to
    predict(example) - mean of predict(background). Estimated by KernelSHAP.

    Args:
        predict: a function, `(n, features)` to outputs `(n, outputs)`, such as
            probabilities.
        background: data `(m, features)`; 10 to 100 rows are usual, as each one costs
            as much as another.
        examples: what to explain.
        samples: number of sets of known features that are tried per example.
        seed: of these sets, an integer.

    Raises:
        ImportError: when the package shap is not installed.
        ValueError: when the examples do not have the background's features.

    Source: Lundberg and Lee 2017, https://arxiv.org/abs/1705.07874, by the package
    shap.
    """
    shap = _package("shap")
    background, examples = np.asarray(background), np.asarray(examples)
    _check(background, examples, examples.shape[1:])
    explainer = shap.KernelExplainer(_of_arrays(predict), background)
    with _global_seed(seed):  # the package draws from NumPy's global generator
        return explainer.shap_values(examples, nsamples=samples, silent=True)


def _of_arrays(predict):
    """A function of arrays to arrays of float64, as both packages expect."""

    def run(rows):
        answers = predict(np.asarray(rows, "float32"))
        return np.asarray(ops.convert_to_numpy(answers), "float64")

    return run


@contextlib.contextmanager
def _global_seed(seed):
    """NumPy's global generator, seeded; afterwards it is as it was."""
    state = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(state)


def _package(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise ImportError(
            f"This explanation needs the package {package}, which cannot be imported "
            f"({error}). Install it: pip install 'kerasdl[explain]', or "
            f"pip install {package}."
        ) from error


def _check(background, examples, features):
    if background.ndim != 2 or features != background.shape[1:]:
        raise ValueError(
            "Expected a background of shape (m, features) and examples with the same "
            f"features. Received: background of shape {background.shape}, examples of "
            f"shape {examples.shape}. Flatten images, and give lime_weights one "
            "example, shap_values several."
        )
