"""What a trained model looks at, and how it can be fooled.

Models are functions of a batch, `(batch, ...)` to logits `(batch, classes)`: a Keras
model, or any function written with `keras.ops`. Results are tensors, unless said.

    from the model            one of
    its gradients             saliency, gradient_times_input, smooth_grad,
                              integrated_gradients, expected_gradients
    its feature maps          grad_cam, score_cam, after split_model
    its activations           concept_vector, concept_score, concept_test
    its answers alone         permutation_importance, lime_weights, shap_values,
                              one_pixel_attack
    the gradient of its loss  fgsm, pgd
"""

from kerasdl.explain.adversarial import fgsm, pgd
from kerasdl.explain.concepts import (
    ConceptTest,
    concept_score,
    concept_sensitivity,
    concept_test,
    concept_vector,
)
from kerasdl.explain.grad_cam import enlarge, grad_cam
from kerasdl.explain.integrated_gradients import (
    expected_gradients,
    integrated_gradients,
)
from kerasdl.explain.one_pixel import one_pixel_attack
from kerasdl.explain.permutation import permutation_importance
from kerasdl.explain.saliency import gradient_times_input, saliency, smooth_grad
from kerasdl.explain.score_cam import score_cam
from kerasdl.explain.split import split_model
from kerasdl.explain.surrogates import lime_weights, shap_values

__all__ = [
    "ConceptTest",
    "concept_score",
    "concept_sensitivity",
    "concept_test",
    "concept_vector",
    "enlarge",
    "expected_gradients",
    "fgsm",
    "grad_cam",
    "gradient_times_input",
    "integrated_gradients",
    "lime_weights",
    "one_pixel_attack",
    "permutation_importance",
    "pgd",
    "saliency",
    "score_cam",
    "shap_values",
    "smooth_grad",
    "split_model",
]
