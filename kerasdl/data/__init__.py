"""Data sets, most of them without a network, and batches in an order that is fixed.

Images by name: `load`. Made up with NumPy: points and tosses (`moons`, `xor`, ...),
functions (`square_wave`, ...), strings (`xor_strings`, ...), `shapes`, graphs
(`ring_graphs`, ...). Known: `molecule`. In order: `Batches`.
"""

from kerasdl.data.batches import Batches
from kerasdl.data.graphs import neighbour_graphs, ring_graphs, xor_graphs
from kerasdl.data.loading import load
from kerasdl.data.molecules import ELEMENTS, MOLECULES, Molecule, molecule, padded
from kerasdl.data.pictures import SHAPES, shapes
from kerasdl.data.sequences import bit_strings, state_strings, windows, xor_strings
from kerasdl.data.signals import carbon_dioxide, sine_product, square_wave
from kerasdl.data.toys import (
    blobs,
    gaussian_ring,
    moons,
    rings,
    smooth_tosses,
    spirals,
    tosses,
    xor,
)

__all__ = [
    "ELEMENTS",
    "MOLECULES",
    "SHAPES",
    "Batches",
    "Molecule",
    "bit_strings",
    "blobs",
    "carbon_dioxide",
    "gaussian_ring",
    "load",
    "molecule",
    "moons",
    "neighbour_graphs",
    "padded",
    "ring_graphs",
    "rings",
    "shapes",
    "sine_product",
    "smooth_tosses",
    "spirals",
    "square_wave",
    "state_strings",
    "tosses",
    "windows",
    "xor",
    "xor_graphs",
    "xor_strings",
]
