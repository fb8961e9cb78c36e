"""The nets of `training_step.py`, one a file.

Each has `STEPS` and `BATCH`, a `LOSS` for Keras (None if the model has its own),
`data()`, `ours()` and `keras_layers()`.
"""
