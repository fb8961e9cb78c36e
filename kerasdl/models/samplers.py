"""Samplers of diffusion models: noise to examples, all steps in one compiled loop."""

import numpy as np
from keras import ops

from kerasdl import noise_schedules, random
from kerasdl.arguments import check_whole
from kerasdl.labels import check_labels
from kerasdl.model import Model

BLOCK = 10  # steps whose noise is drawn at once


class Sampler(Model):
    """Base of the samplers: noise `(batch, ...)` to examples of the same shape.

    `sample(count)` draws the noise and runs the compiled loop, as `predict(noise)`
    does; calling the sampler itself would take the steps one by one. It has no weights
    of its own: what is saved is the diffusion model.

    A subclass passes on its `timesteps`, from the noisiest down, and has two methods:
    `coefficients(kept, kept_next)`, arrays of numbers for each of them, made of
    alpha_bar there and at the next; and `step(x, x_0, noise, coefficients, fresh)`,
    where `fresh` is new noise if the class says `noisy`.
    """

    noisy = False

    def __init__(self, diffusion, timesteps, clip=None, **kwargs):
        super().__init__(dtype="float32", **kwargs)  # a sum of many small steps
        if clip is not None and not clip > 0:
            raise ValueError(
                "A sampler clips estimates to [-clip, clip], with clip above 0, or "
                f"not at all. Received: clip={clip!r}. Use None or, for images, 1.0."
            )
        self.diffusion = diffusion
        self.clip = clip
        self.seeds = random.generator()
        self.timesteps = np.array(timesteps, "int32")
        kept = noise_schedules.alpha_bars(diffusion.betas)[self.timesteps]
        kept_next = np.append(kept[1:], 1.0)  # at last it is all data
        columns = [kept**0.5, (1 - kept) ** 0.5, *self.coefficients(kept, kept_next)]
        self.table = np.stack(columns, axis=1).astype("float32")

    def build(self, input_shape):
        pass  # the diffusion model is built

    def call(self, inputs):
        x, *labels = inputs if isinstance(inputs, (tuple, list)) else [inputs]
        key = random.key(self.seeds)

        def block(number, x):
            # Noise for several steps at once: a draw is many small operations.
            first = number * BLOCK
            after = ops.minimum(first + BLOCK, len(self.timesteps))
            fresh = self.fresh(x, random.fold_in(key, number))

            def one_step(i, x):
                return self.once(x, i, fresh[i - first], *labels)

            return ops.fori_loop(first, after, one_step, x)

        return ops.fori_loop(0, -(-len(self.timesteps) // BLOCK), block, x)

    def fresh(self, x, key):
        """Noise for the steps of a block, or zeros where none is used."""
        if self.noisy:
            return random.normal((BLOCK, *ops.shape(x)), key)
        return ops.zeros((BLOCK, 1))

    def once(self, x, i, fresh, *labels):
        """x_t at iteration i, which may be traced, to x at the next iteration."""
        steps = ops.convert_to_tensor(self.timesteps)[i]
        steps = ops.broadcast_to(steps, (ops.shape(x)[0],))
        # One look-up for all numbers of the step: small operations take the time.
        row = ops.convert_to_tensor(self.table)[i]
        signal, deviation, *coefficients = ops.unstack(row, self.table.shape[1])
        noise = ops.cast(self.diffusion.predict_noise(x, steps, *labels), x.dtype)
        x_0 = (x - deviation * noise) / signal
        if self.clip is not None:
            x_0 = ops.clip(x_0, -self.clip, self.clip)
            noise = (x - signal * x_0) / deviation
        return self.step(x, x_0, noise, coefficients, fresh)

    def sample(self, count, labels=None, batch_size=4096):
        """So many new examples, NumPy `(count, ...)`; labels `(count,)` if it has."""
        check_whole("sample", count=count, batch_size=batch_size)
        self._check(count, labels)
        key = random.fold_in(random.key(self.seeds), -1)
        noise = random.normal((count, *self.diffusion.example_shape), key)
        inputs = [ops.convert_to_numpy(noise)]
        if labels is not None:
            inputs.append(np.broadcast_to(np.asarray(labels, "int32"), (count,)))
        batches = [
            self.predict_on_batch([part[start : start + batch_size] for part in inputs])
            for start in range(0, count, batch_size)
        ]
        return np.concatenate(batches)

    def _check(self, count, labels):
        if not self.diffusion.built:
            raise ValueError(
                "A sampler needs the shape of an example: a diffusion model that is "
                f"built. Received: {self.diffusion.name!r}, not built. Train it first."
            )
        classes = self.diffusion.classes
        fits = labels is None or np.shape(labels) == (count,)
        if (labels is None) == bool(classes) or not fits:
            wanted = f"labels of shape ({count},)" if classes else "no labels"
            received = "none" if labels is None else f"labels of {np.shape(labels)}"
            raise ValueError(
                f"sample needs {wanted}: the model has {classes} classes. "
                f"Received: {received}. With classes write sample(2, [0, 1])."
            )
        if classes:  # one more stands for "no label"
            check_labels("labels", labels, classes + 1)


class DDPM(Sampler):
    """The sampler of denoising diffusion, noise to examples: every step, with noise.

    Step t draws x_{t-1} from q(x_{t-1} | x_t, x_0), with the denoiser's estimate of
    x_0. It is normal, of mean and variance (alpha = 1 - beta, abar its product)

        m = sqrt(abar_{t-1}) beta_t / (1 - abar_t) x_0
            + sqrt(alpha_t) (1 - abar_{t-1}) / (1 - abar_t) x_t
        v = beta_t (1 - abar_{t-1}) / (1 - abar_t)

    v is exact if the data were one point; the other usual choice, beta_t, is if they
    were N(0, 1). They are about equal, but for the last steps.

    Args:
        diffusion: a built diffusion model; its `predict_noise` is used.
        clip: keep estimates of x_0 in [-clip, clip]: 1.0 for images in [-1, 1].

    Raises:
        ValueError: when clip is not above 0.

    Source: Ho et al. 2020, https://arxiv.org/abs/2006.11239, equations 6-7.
    """

    noisy = True

    def __init__(self, diffusion, clip=None, **kwargs):
        timesteps = np.arange(len(diffusion.betas))[::-1]
        super().__init__(diffusion, timesteps, clip, **kwargs)

    def coefficients(self, kept, kept_next):
        alpha = kept / kept_next
        beta = 1 - alpha
        return [
            np.sqrt(kept_next) * beta / (1 - kept),
            np.sqrt(alpha) * (1 - kept_next) / (1 - kept),
            np.sqrt(beta * (1 - kept_next) / (1 - kept)),
        ]

    def step(self, x, x_0, noise, coefficients, fresh):
        of_x_0, of_x, deviation = coefficients
        return of_x_0 * x_0 + of_x * x + deviation * fresh


class DDIM(Sampler):
    """The implicit sampler, noise to examples: few steps, and no noise in them.

    From step t it goes to an earlier step s along the estimated example and noise:
    x_s = sqrt(abar_s) x_0 + sqrt(1 - abar_s) eps. The same noise at the start always
    gives the same example (eta = 0 in the paper).

    Args:
        diffusion: a built diffusion model; its `predict_noise` is used.
        steps: number of steps, spread evenly over those of the schedule.
        clip: keep estimates of x_0 in [-clip, clip]: 1.0 for images in [-1, 1].

    Raises:
        ValueError: when there are more steps than in the schedule, or fewer than 1.

    Source: Song et al. 2021, https://arxiv.org/abs/2010.02502, equation 12.
    """

    def __init__(self, diffusion, steps=20, clip=None, **kwargs):
        total = len(diffusion.betas)
        check_whole("DDIM", steps=steps)
        if steps > total:
            raise ValueError(
                f"DDIM needs from 1 to {total} steps, as many as the schedule has. "
                f"Received: steps={steps!r}."
            )
        timesteps = np.linspace(total - 1, 0, steps).round()
        super().__init__(diffusion, timesteps, clip, **kwargs)

    def coefficients(self, kept, kept_next):
        return [np.sqrt(kept_next), np.sqrt(1 - kept_next)]

    def step(self, x, x_0, noise, coefficients, fresh):
        signal, deviation = coefficients
        return signal * x_0 + deviation * noise
