"""The base class of all layers."""

import keras

from kerasdl.arguments import plain


class Layer(keras.layers.Layer):
    """A `keras.layers.Layer` that can be saved when NumPy's numbers made it.

    Of a layer without a `get_config`, Keras records the arguments, if they are plain.
    """

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *plain(args), **plain(kwargs))
