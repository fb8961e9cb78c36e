"""Sampling in one compiled loop beside a Python loop that calls the model each step.

    KERAS_BACKEND=jax python benchmarks/sampling.py [--rounds 5]

Both loops do the same steps, alternately. Results go to
`benchmarks/results/sampling-BACKEND.json`; `python benchmarks/tables.py` makes
`docs/benchmarks.md` of them.
"""

import argparse
import os
import statistics

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import results  # noqa: E402
import timing  # noqa: E402
from keras import ops  # noqa: E402

import kerasdl  # noqa: E402
from kerasdl import noise_schedules, random  # noqa: E402
from kerasdl.models.conditioned_mlp import ConditionedMLP  # noqa: E402
from kerasdl.models.denoiser import Denoiser  # noqa: E402
from kerasdl.models.diffusion import Diffusion  # noqa: E402
from kerasdl.models.gpt import GPT  # noqa: E402
from kerasdl.models.samplers import DDPM  # noqa: E402

POINTS, TEXTS, CONTEXT, NEW = 256, 4, 32, 64


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    kerasdl.seed(0)
    for name, ways in (("ddpm", ddpm()), ("gpt", gpt())):
        for way in ways.values():
            way()  # compiles
        seconds = timing.alternately(ways, rounds)
        entry = {
            f"{way} ms": round(1000 * statistics.median(values), 1)
            for way, values in seconds.items()
        }
        entry["times as fast"] = round(timing.ratio(seconds, "python", "compiled"), 1)
        results.store("sampling", name, entry)
        print(name, entry, flush=True)


def ddpm() -> dict:
    """256 points of 2 numbers in 50 steps, a perceptron of 64-64."""
    denoiser = Denoiser(ConditionedMLP((64, 64), outputs=2), embedding_dim=16)
    model = Diffusion(denoiser, noise_schedules.cosine(50))
    model.build((None, 2))
    sampler = DDPM(model)

    def python_loop():
        key = random.key(sampler.seeds)
        x = random.normal((POINTS, 2), random.fold_in(key, -1))
        for i in range(len(sampler.timesteps)):
            fresh = random.normal((POINTS, 2), random.fold_in(key, i))
            x = sampler.once(x, i, fresh)
        return ops.convert_to_numpy(x)

    return {"compiled": lambda: sampler.sample(POINTS), "python": python_loop}


def gpt() -> dict:
    """64 new tokens for each of 4 texts, two blocks of size 64, a context of 32."""
    model = GPT(vocabulary=64, context=CONTEXT, dim=64, depth=2, heads=4)
    model.build((None, CONTEXT))
    prompt = np.zeros((TEXTS, 1), "int32")

    def python_loop():
        numbers = np.random.default_rng(0)
        tokens = np.pad(prompt, ((0, 0), (0, NEW)))
        for place in range(1, NEW + 1):
            start = max(place - CONTEXT, 0)
            window = tokens[:, start : start + CONTEXT]
            logits = ops.convert_to_numpy(model(window))[:, place - 1 - start]
            noise = numbers.gumbel(size=logits.shape)
            tokens[:, place] = np.argmax(logits + noise, axis=-1)
        return tokens

    return {"compiled": lambda: model.generate(prompt, NEW), "python": python_loop}


if __name__ == "__main__":
    main()
