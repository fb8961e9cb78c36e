"""What the general tests do with a case: make, call, differentiate, train."""

import keras
import numpy as np
from keras import ops, tree

import kerasdl
from kerasdl import random
from kerasdl.autodiff import jit_step, variable_gradients


@keras.saving.register_keras_serializable("tests")
class Scored(kerasdl.Model):
    """A layer as a model whose loss is its distance from fixed random numbers."""

    def __init__(self, layer, several=False, **kwargs):
        super().__init__(**kwargs)
        self.layer, self.several = layer, several

    def build(self, input_shape):
        pass  # the layer is called, and so built, before

    def call(self, x, training=False):
        options = {"training": training} if self.layer._call_has_training_arg else {}
        return self.layer(*x, **options) if self.several else self.layer(x, **options)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        scores = [
            ops.mean(ops.square(ops.cast(leaf, "float32") - random.normal(shape, 7)))
            for leaf in tree.flatten(y_pred)
            if keras.backend.is_float_dtype(leaf.dtype)
            for shape in [ops.shape(leaf)]
        ]
        return sum(scores)


def arrays(case):
    """The inputs, as arrays, and the targets or None."""
    generator = np.random.default_rng(1)
    x = case.inputs(generator)
    return x, (case.targets(generator) if case.targets else None)


def tensors(x):
    return tree.map_structure(ops.convert_to_tensor, x)


def make(case):
    """The case's layer or model, built, its weights as after `kerasdl.seed(0)`."""
    kerasdl.seed(0)
    made = case.build()
    functional(made, case)  # a call on symbols builds it and computes nothing
    return made


def model_of(case, made):
    """What can be trained: the model, or the layer in a model with a loss."""
    model = made if isinstance(made, keras.Model) else Scored(made, case.several)
    model.built = True
    return model


def loss_and_gradients(case, made):
    model = model_of(case, made)
    x, y = arrays(case)
    x, y = tensors(x), None if y is None else ops.convert_to_tensor(y)

    def loss():
        outputs = model(x, training=True) if _takes_training(model) else model(x)
        if case.loss is not None:
            return ops.mean(case.loss(y, outputs))
        return model.compute_loss(x=x, y=y, y_pred=outputs, training=True)

    def differentiate():
        return variable_gradients(loss, model.trainable_variables, model.variables)

    return jit_step(differentiate, model.variables)()


def _takes_training(model):
    return model._call_has_training_arg


def train(case, made, steps=10):
    """The losses of so many steps on one batch, in `fit`, compiled as usual."""
    model = model_of(case, made)
    model.compile(keras.optimizers.Adam(1e-3), loss=case.loss)
    x, y = arrays(case)
    history = model.fit(x, y, batch_size=4, epochs=steps, shuffle=False, verbose=0)
    return history.history["loss"]


def outputs_of(case, made):
    """What a layer, a model, or one that was loaded gives for the inputs, compiled.

    Seeds start anew: their state is not part of a saved file.
    """
    model = made if isinstance(made, keras.Model) else functional(made, case)
    for variable in model.variables:
        if variable.name == "seed_generator_state":
            variable.assign([7, 0])
    x = arrays(case)[0]
    return flat(model.predict(list(x) if case.several else x, verbose=0))


def flat(outputs):
    """All leaves as NumPy arrays of floats."""
    return [
        np.asarray(ops.convert_to_numpy(leaf)).astype("float64")
        for leaf in tree.flatten(outputs)
        if leaf is not None
    ]


def functional(made, case):
    """The case's layer or model on symbolic inputs of unknown batch size."""
    x = arrays(case)[0]
    x = list(x) if case.several else x
    inputs = tree.map_structure(
        lambda a: keras.Input(
            a.shape[1:], dtype=keras.backend.standardize_dtype(a.dtype)
        ),
        x,
    )
    outputs = made(*inputs) if case.several else made(inputs)
    return keras.Model(inputs, outputs)
