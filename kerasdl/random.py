"""Random numbers for layers and models: the same on every backend.

`keras.random` draws other numbers on each backend. Here they are computed: number i of
a draw is a hash of i and of a key, in 32-bit integers, which every backend has. So a
dropout mask, a latent sample or the noise of a diffusion step depends on the seed only,
and works in compiled loops, where a generator's state may not change.

    self.seeds = random.generator()       # in `__init__`, as an attribute
    key = random.key(self.seeds)          # in `call`: another key at every call
    noise = random.normal(ops.shape(x), key)

One key gives one draw: take `fold_in(key, 1)`, `fold_in(key, 2)` for more. Made for
simulation and learning, not for secrets.

Source: counter-based generators, Salmon et al. 2011,
https://doi.org/10.1145/2063384.2063405; the mixing constants are the lowest-bias ones
of Wellons, https://nullprogram.com/blog/2018/07/31
"""

import math

import keras
from keras import ops

from kerasdl import seeding

_GOLDEN = 0x9E3779B9 - 2**32  # 2^32 / golden ratio, as a signed 32-bit number
_FIRST, _SECOND = 0x21F0AAAD, 0xD35A2D97 - 2**32


def generator(seed=None):
    """A `keras.random.SeedGenerator`: it counts the draws of a layer or model.

    Without a seed it starts from the library's generator, which `kerasdl.seed` sets.
    Make it an attribute, in `__init__`. Saved files do not hold its state: a loaded
    model draws other numbers.
    """
    return keras.random.SeedGenerator(seeding.draw_seed() if seed is None else seed)


def key(seeds):
    """The generator's next key, an int32 scalar: where all draws of a call start."""
    state = ops.cast(seeds.next(), "int32")
    return _mix(_mix(state[0]) ^ (state[1] * _GOLDEN))


def fold_in(key, number):
    """A key and an integer (or int32 scalar) to another key, such as one per step."""
    if isinstance(number, int):
        return _mix(key ^ _mixed((number + 1) * _GOLDEN))
    return _mix(key ^ _mix((ops.cast(number, "int32") + 1) * _GOLDEN))


def uniform(shape, key, low=0.0, high=1.0):
    """Floats `shape` spread evenly over (low, high), multiples of 2^-24 apart."""
    odd = 2 * _integers(shape, key, bits=23) + 1
    return low + (high - low) * (ops.cast(odd, "float32") * 2.0**-24)


def normal(shape, key):
    """Floats `shape` with mean 0 and standard deviation 1, of size up to 5.8.

    Two even numbers become a random radius and angle, and those two normal ones.
    Source: Box and Muller 1958, https://doi.org/10.1214/aoms/1177706645
    """
    size = _size(shape)
    lengths, angles = ops.unstack(uniform((2, (size + 1) // 2), key), 2)
    radius = ops.sqrt(-2 * ops.log(lengths))
    angles = (2 * math.pi) * angles
    pairs = ops.concatenate([radius * ops.cos(angles), radius * ops.sin(angles)])
    return ops.reshape(pairs[:size], shape)


def bernoulli(shape, probability, key):
    """Floats `shape`: 1 with the given probability (a number or a tensor), else 0."""
    return ops.cast(uniform(shape, key) < probability, "float32")


def integers(shape, high, key):
    """Integers `shape` from 0 to high - 1, int32; high is from 1 to 2^15."""
    if not 1 <= high <= 2**15:
        raise ValueError(
            f"random.integers needs a high from 1 to {2**15}. Received: high={high}. "
            "Take the floor of random.uniform for larger ones."
        )
    return ops.right_shift(_integers(shape, key, bits=16) * high, 16)


def permutation(length, key):
    """The integers 0 to length - 1 in random order, int32 `(length,)`."""
    return ops.cast(ops.argsort(_integers((length,), key, bits=31)), "int32")


def _integers(shape, key, bits):
    """Integers `shape` of so many random bits."""
    number = ops.arange(_size(shape), dtype="int32")
    mixed = _mix((number * _GOLDEN) ^ key)
    return ops.reshape(_shifted(mixed, 32 - bits), shape)


def _size(shape):
    size = 1
    for axis in shape:  # an axis may be a tensor, where the batch is not known
        size = size * axis
    return size


def _mix(x):
    """A bijection of 32-bit integers: each bit of x flips half of the result's."""
    x = (x ^ _shifted(x, 16)) * _FIRST
    x = (x ^ _shifted(x, 15)) * _SECOND
    return x ^ _shifted(x, 15)


def _mixed(number):
    """What `_mix` makes of one Python integer, without the cost of tensors."""
    number %= 2**32
    number = (number ^ number >> 16) * _FIRST % 2**32
    number = (number ^ number >> 15) * _SECOND % 2**32
    number ^= number >> 15
    return number - 2**32 * (number >> 31)  # with a sign, as 32 bits hold it


def _shifted(x, places):
    """x shifted right as if it had no sign."""
    return ops.right_shift(x, places) & (2 ** (32 - places) - 1)
