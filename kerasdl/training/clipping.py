"""Adaptive gradient clipping."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("kerasdl")
class AdaptiveClipping(keras.optimizers.Optimizer):
    """An optimizer that first shortens gradients that are long beside their weights.

    For the weights w of each unit and their gradient g,

        g := g * clipping * max(|w|, epsilon) / |g|,  where |g| is larger than that.

    So no step moves a unit by more than about learning rate * clipping of its own
    length, and the learning rate may be large, without normalisation layers. A unit is
    one output of a layer: the last axis of its kernel. A bias or any other vector
    counts as one unit.

        AdaptiveClipping(keras.optimizers.SGD(0.5, momentum=0.9))

    For clipping by value, by norm or by the norm of all gradients, Keras's optimizers
    have `clipvalue`, `clipnorm` and `global_clipnorm`.

    Args:
        inner_optimizer: makes the step, with its own learning rate. For a loss scale,
            wrap this optimizer: `LossScaleOptimizer(AdaptiveClipping(...))`.
        clipping: largest |g| / |w|, above 0; the paper takes 0.01 to 0.16.
        epsilon: smallest |w| to count with, above 0, so that zeros can move.
        exclude: words; gradients of variables whose path holds one stay as they are.
            The paper excludes the last layer.

    Raises:
        ValueError: when an argument is outside its range, or `inner_optimizer` is not
            an optimizer or scales the loss.

    Source: Brock et al. 2021, https://arxiv.org/abs/2102.06171, equation 3
    """

    def __init__(
        self, inner_optimizer, clipping=0.01, epsilon=1e-3, exclude=(), name=None
    ):
        super().__init__(learning_rate=0.0, name=name)
        _check(inner_optimizer, clipping, epsilon)
        self.inner_optimizer = inner_optimizer
        self.clipping, self.epsilon = clipping, epsilon
        self.exclude = tuple(exclude)

    def build(self, variables):
        super().build(variables)
        self.inner_optimizer.build(variables)

    @property
    def variables(self):
        return [*super().variables, *self.inner_optimizer.variables]

    def set_weights(self, weights):
        for variable, values in zip(self.variables, weights, strict=True):
            variable.assign(values)

    def apply(self, grads, trainable_variables=None):
        variables = list(trainable_variables or self._trainable_variables)
        if not self.built:
            self.build(variables)
        clipped = [self.clip(g, v) for g, v in zip(grads, variables, strict=True)]
        self.inner_optimizer.apply(clipped, variables)

    def clip(self, gradient, variable):
        """A gradient, or None, to the gradient that the inner optimizer gets."""
        if gradient is None or any(word in variable.path for word in self.exclude):
            return gradient
        gradient = ops.convert_to_tensor(gradient)
        longest = self.clipping * ops.maximum(_unit_norms(variable), self.epsilon)
        longest = ops.cast(longest, gradient.dtype)
        return gradient * ops.minimum(1.0, longest / _at_least_tiny(gradient))

    @property
    def learning_rate(self):
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self.inner_optimizer.learning_rate = value

    @property
    def iterations(self):
        return self.inner_optimizer.iterations

    def finalize_variable_values(self, var_list):
        self.inner_optimizer.finalize_variable_values(var_list)

    def get_config(self):
        return {
            "inner_optimizer": keras.saving.serialize_keras_object(
                self.inner_optimizer
            ),
            "clipping": self.clipping,
            "epsilon": self.epsilon,
            "exclude": list(self.exclude),
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        inner = keras.saving.deserialize_keras_object(
            config["inner_optimizer"], custom_objects=custom_objects
        )
        return cls(**{**config, "inner_optimizer": inner})


def _unit_norms(values):
    """The length of each unit's part of a variable or gradient; one for a vector."""
    axes = tuple(range(len(values.shape)))
    axes = axes if len(axes) < 2 else axes[:-1]
    return ops.sqrt(ops.sum(ops.square(values), axis=axes, keepdims=True))


def _at_least_tiny(gradient):
    """The lengths of a gradient's units, kept off 0: they divide."""
    return ops.maximum(_unit_norms(gradient), 1e-12)


def _check(optimizer, clipping, epsilon):
    fits = isinstance(optimizer, keras.optimizers.Optimizer)
    if not fits or optimizer.loss_scale_factor is not None or _scales_loss(optimizer):
        raise ValueError(
            "AdaptiveClipping needs a Keras optimizer that does not scale the loss. "
            f"Received: inner_optimizer={optimizer!r}. "
            "Write AdaptiveClipping(keras.optimizers.SGD(0.1)), for example."
        )
    if clipping <= 0 or epsilon <= 0:
        raise ValueError(
            "AdaptiveClipping needs a clipping and an epsilon above 0. "
            f"Received: clipping={clipping}, epsilon={epsilon}. 0.01 is usual."
        )


def _scales_loss(optimizer):
    return isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
