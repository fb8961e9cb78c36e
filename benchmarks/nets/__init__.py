"""The nets of `training_step.py`, one a file.

Each has `STEPS` and `BATCH`, a `LOSS` for Keras (None if the models have their own),
`data()`, and two models of the same sizes and operations: `ours()` of kerasdl, and
`keras_layers()` of Keras's own layers, as a user of Keras would write it. What Keras
has no layer for is plain `keras.ops` there; the file says so.

`keras_layers` of a net of images takes a layout, "channels_last" or "channels_first".
A net that is also written without Keras has `native(backend)`: see `native`.
"""
