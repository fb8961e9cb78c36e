"""One backend's answers to every case, written to files for `test_parity.py`.

python worker.py compute FOLDER         weights, outputs, gradients, losses, models
python worker.py load FOLDER BACKEND    outputs of the models that BACKEND saved
"""

import pathlib
import sys
import traceback

import keras
import numpy as np

import harness
from cases import all_cases


def main(task, folder, *others):
    own = pathlib.Path(folder, keras.config.backend())
    own.mkdir(exist_ok=True)
    for case in all_cases():
        name = case.name if task == "compute" else f"{case.name} of {others[0]}"
        try:
            if task == "compute":
                answers = compute(case, own / f"{case.name}.keras")
            else:
                answers = load(case, pathlib.Path(folder, *others) / case.name)
            np.savez(own / f"{name}.npz", **answers)
        except Exception:
            (own / f"{name}.error").write_text(traceback.format_exc())


def compute(case, path):
    """Everything about a case, and its model after ten steps saved at the path."""
    made = harness.make(case)
    answers = named("weights", made.get_weights())
    answers |= named("outputs", harness.outputs_of(case, made))
    if made.trainable_variables and not case.integers:
        loss, gradients = harness.loss_and_gradients(case, made)
        answers |= named("gradients", harness.flat(gradients))
        answers["losses"] = np.array(harness.train(case, made))
    model = made if isinstance(made, keras.Model) else harness.functional(made, case)
    model.save(path)
    return answers | named("saved", harness.outputs_of(case, model))


def load(case, path):
    """The outputs of the model that another backend saved."""
    model = keras.models.load_model(f"{path}.keras", compile=False)
    return named("loaded", harness.outputs_of(case, model))


def named(name, values):
    return {f"{name} {index:03}": value for index, value in enumerate(values)}


if __name__ == "__main__":
    main(*sys.argv[1:])
