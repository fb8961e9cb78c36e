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
import numpy as np
from keras import ops

from kerasdl import seeding

_GOLDEN = 0x9E3779B9 - 2**32  # 2^32 / golden ratio, as a signed 32-bit number
_FIRST, _SECOND = 0x21F0AAAD, 0xD35A2D97 - 2**32
_SMALL = 2**13


def generator(seed=None):
    """A `keras.random.SeedGenerator`: it counts the draws of a layer or model.

    Without a seed it starts from the library's generator, which `kerasdl.seed` sets.
    Make it an attribute, in `__init__`. Saved files do not hold its state: a loaded
    model draws other numbers.
    """
    return keras.random.SeedGenerator(seeding.draw_seed() if seed is None else seed)


def key(seeds):
    """The generator's next key, where all draws of a call start.

    A Python integer where the generator's state is known, else (in compiled functions)
    an int32 scalar: the same number, but mixed without the cost of tensors.
    """
    state = seeds.next()
    try:
        first, count = map(int, ops.convert_to_numpy(state))
    except (TypeError, ValueError, NotImplementedError, RuntimeError):
        state = ops.cast(state, "int32")
        return _mix(_mix(state[0]) ^ (state[1] * _GOLDEN))
    return _mixed(_mixed(first) ^ (count * _GOLDEN))


def fold_in(key, number):
    """A key and an integer (or int32 scalar) to another key, such as one per step."""
    if isinstance(number, int):
        mix = _mixed if isinstance(key, int) else _mix
        return mix(key ^ _mixed((number + 1) * _GOLDEN))
    return _mix(key ^ _mix((ops.cast(number, "int32") + 1) * _GOLDEN))


def uniform(shape, key, low=0.0, high=1.0):
    """Floats `shape` spread evenly over (low, high), multiples of 2^-24 apart."""
    unit = ops.convert_to_tensor(_unit(shape, key))
    return unit if (low, high) == (0.0, 1.0) else low + (high - low) * unit


def normal(shape, key):
    """Floats `shape` with mean 0 and standard deviation 1, of size up to 5.8.

    Two even numbers become a random radius and angle, and those two normal ones.
    Source: Box and Muller 1958, https://doi.org/10.1214/aoms/1177706645
    """
    size = _size(shape)
    even = _unit((2, (size + 1) // 2), key)
    of = np if isinstance(even, np.ndarray) else ops
    radius = of.sqrt(-2 * of.log(even[0]))
    angles = (2 * math.pi) * even[1]
    pairs = of.concatenate([radius * of.cos(angles), radius * of.sin(angles)])
    return ops.convert_to_tensor(of.reshape(pairs[:size], shape))


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


def _unit(shape, key):
    """Floats `shape` spread evenly over (0, 1): a tensor, or a small array."""
    odd = 2 * _bits(shape, key, 23) + 1
    if isinstance(odd, np.ndarray):
        return odd.astype("float32") * np.float32(2.0**-24)
    return ops.cast(odd, "float32") * 2.0**-24


def _integers(shape, key, bits):
    """Integers `shape` of so many random bits, a tensor."""
    return ops.convert_to_tensor(_bits(shape, key, bits))


def _bits(shape, key, bits):
    """Integers `shape` of so many random bits.

    A few numbers of a known key are made by NumPy: tensors cost more than they.
    """
    size = _size(shape)
    small = isinstance(key, int) and isinstance(size, int) and size <= _SMALL
    of = np if small else ops
    number = of.arange(size, dtype="int32")
    golden, key = (np.int32(_GOLDEN), np.int32(key)) if small else (_GOLDEN, key)
    mixed = _mix((number * golden) ^ key)
    return of.reshape(_shifted(mixed, 32 - bits), shape)


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
    of = np if isinstance(x, np.ndarray) else ops
    return of.right_shift(x, places) & (2 ** (32 - places) - 1)
