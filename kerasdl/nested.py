"""Networks that a model is given: how they are kept in its config."""

import keras


def serialized(network) -> dict:
    """A network to what the config of the model around it keeps.

    That it is built or compiled is left out: the model's own `build` builds it, and a
    model's file keeps the weights.
    """
    kept = keras.saving.serialize_keras_object(network)
    left_out = ("build_config", "compile_config")
    return {name: value for name, value in kept.items() if name not in left_out}


def deserialized(config: dict, *names: str) -> dict:
    """A config to the same with the networks of these names made from theirs."""
    made = {name: keras.saving.deserialize_keras_object(config[name]) for name in names}
    return {**config, **made}
