"""How good generated data and predicted probabilities are, mostly of NumPy arrays.

    compares                       functions
    two samples, by distance       mmd_squared, two_sample_test, wasserstein_1d,
                                   sliced_wasserstein, earth_movers_distance
    features of two sets of images frechet_distance (FID), precision_recall,
                                   kernel_inception_distance (KID), density_coverage
    class probabilities of images  inception_score, mode_score
    samples and known modes        modes_covered, high_quality_share
    pairs of images                ssim, perceptual_distance
    texts as lists of tokens       bleu, rouge_n, rouge_l
    probabilities and labels       reliability_table, expected_calibration_error,
                                   brier_score, fit_temperature

`load_feature_net` gives features and class probabilities of digits and MNIST. For
accuracy, precision, F1, ROC and the like see `keras.metrics` and `sklearn.metrics`.
"""

from kerasdl.metrics.calibration import (
    Reliability,
    brier_score,
    expected_calibration_error,
    fit_temperature,
    reliability_table,
)
from kerasdl.metrics.discrepancy import (
    kernel_inception_distance,
    median_distance,
    mmd_squared,
    polynomial_kernel,
    rbf_kernel,
    two_sample_test,
)
from kerasdl.metrics.diversity import (
    DensityCoverage,
    PrecisionRecall,
    density_coverage,
    high_quality_share,
    modes_covered,
    precision_recall,
)
from kerasdl.metrics.features import Description, FeatureNet, load_feature_net
from kerasdl.metrics.frechet import frechet_distance, gaussian_frechet_distance
from kerasdl.metrics.inception_score import inception_score, mode_score
from kerasdl.metrics.perceptual import perceptual_distance
from kerasdl.metrics.similarity import ssim
from kerasdl.metrics.text import bleu, rouge_l, rouge_n
from kerasdl.metrics.wasserstein import (
    earth_movers_distance,
    sliced_wasserstein,
    wasserstein_1d,
)

__all__ = [
    "DensityCoverage",
    "Description",
    "FeatureNet",
    "PrecisionRecall",
    "Reliability",
    "bleu",
    "brier_score",
    "density_coverage",
    "earth_movers_distance",
    "expected_calibration_error",
    "fit_temperature",
    "frechet_distance",
    "gaussian_frechet_distance",
    "high_quality_share",
    "inception_score",
    "kernel_inception_distance",
    "load_feature_net",
    "median_distance",
    "mmd_squared",
    "mode_score",
    "modes_covered",
    "perceptual_distance",
    "polynomial_kernel",
    "precision_recall",
    "rbf_kernel",
    "reliability_table",
    "rouge_l",
    "rouge_n",
    "sliced_wasserstein",
    "ssim",
    "two_sample_test",
    "wasserstein_1d",
]
