"""Well-known molecules as graphs: atoms are nodes, bonds are edges."""

import dataclasses
from collections import Counter
from collections.abc import Sequence

import numpy as np

from kerasdl.arguments import check_name

VALENCES = {"H": 1, "C": 4, "N": 3, "O": 2}  # bonds of an atom, a double one twice
ELEMENTS = tuple(VALENCES)
_ORDERS = {"-": 1, "=": 2, "#": 3}

# Atoms other than hydrogen, and their bonds. Rings whose bonds are all alike, as that
# of benzene, are written with single and double bonds in turn.
_SKELETONS = {
    "water": ("O", ""),
    "ammonia": ("N", ""),
    "methane": ("C", ""),
    "carbon dioxide": ("OCO", "0=1 1=2"),
    "hydrogen cyanide": ("CN", "0#1"),
    "formaldehyde": ("CO", "0=1"),
    "methanol": ("CO", "0-1"),
    "ethane": ("CC", "0-1"),
    "ethene": ("CC", "0=1"),
    "ethyne": ("CC", "0#1"),
    "ethanol": ("CCO", "0-1 1-2"),
    "acetone": ("CCOC", "0-1 1=2 1-3"),
    "acetic acid": ("CCOO", "0-1 1=2 1-3"),
    "urea": ("NCON", "0-1 1=2 1-3"),
    "glycine": ("NCCOO", "0-1 1-2 2=3 2-4"),
    "benzene": ("CCCCCC", "0=1 1-2 2=3 3-4 4=5 5-0"),
    "toluene": ("CCCCCCC", "0=1 1-2 2=3 3-4 4=5 5-0 0-6"),
    "phenol": ("CCCCCCO", "0=1 1-2 2=3 3-4 4=5 5-0 0-6"),
    "pyridine": ("NCCCCC", "0=1 1-2 2=3 3-4 4=5 5-0"),
    "naphthalene": ("CCCCCCCCCC", "0=1 1-2 2=3 3-4 4=5 5-6 6=7 7-8 8=9 9-0 3-8"),
    "glucose": (
        "OCCOCOCOCOCO",
        "0-1 1-2 2-3 3-4 4-5 4-6 6-7 6-8 8-9 8-10 10-11 10-2",
    ),
    "paracetamol": (
        "CCONCCCCCCO",
        "0-1 1=2 1-3 3-4 4=5 5-6 6=7 7-8 8=9 9-4 7-10",
    ),
    "aspirin": (
        "CCOOCCCCCCCOO",
        "0-1 1=2 1-3 3-4 4=5 5-6 6=7 7-8 8=9 9-4 9-10 10=11 10-12",
    ),
    "nicotine": (
        "CNCCCCCCNCCC",
        "0-1 1-2 2-3 3-4 4-5 5-1 5-6 6=7 7-8 8=9 9-10 10=11 11-6",
    ),
    "caffeine": (
        "CNCNCCCONCCONC",
        "0-1 1-2 2=3 3-4 4=5 5-1 5-6 6=7 6-8 8-9 8-10 10=11 10-12 12-4 12-13",
    ),
}
MOLECULES = tuple(_SKELETONS)


@dataclasses.dataclass(frozen=True, eq=False)
class Molecule:
    """A molecule with all its hydrogen atoms.

    Args:
        atoms: symbols of the elements, such as ("O", "H", "H").
        orders: int32 `(atoms, atoms)`, symmetric: 1, 2 or 3 for a single, double or
            triple bond, else 0.
    """

    atoms: tuple[str, ...]
    orders: np.ndarray

    @property
    def formula(self) -> str:
        """Its atoms counted, carbon and hydrogen first: "C2H6O"."""
        counts = Counter(self.atoms)
        symbols = sorted(counts, key="CHNO".index)
        numbers = (counts[symbol] for symbol in symbols)
        return "".join(
            symbol + (str(number) if number > 1 else "")
            for symbol, number in zip(symbols, numbers, strict=True)
        )

    @property
    def wrong_valences(self) -> tuple[int, ...]:
        """The atoms whose bonds do not add up to their valence; none, if all is well.

        H 1, C 4, N 3, O 2, as in molecules without charges.
        """
        valences = [VALENCES[symbol] for symbol in self.atoms]
        return tuple(np.flatnonzero(self.orders.sum(axis=1) != valences).tolist())


def molecule(name: str) -> Molecule:
    """One of `MOLECULES`, such as "water" or "caffeine".

    The heavy atoms come first; hydrogen atoms fill what their bonds leave free.

    Raises:
        ValueError: for a name that is not known.
    """
    check_name("molecule", name, MOLECULES)
    heavy, bonds = _SKELETONS[name]
    orders = _skeleton_orders(len(heavy), bonds)
    valences = np.array([VALENCES[symbol] for symbol in heavy])
    parents = np.repeat(np.arange(len(heavy)), valences - orders.sum(axis=1))
    orders = np.pad(orders, (0, len(parents)))
    children = len(heavy) + np.arange(len(parents))
    orders[parents, children] = orders[children, parents] = 1
    return Molecule((*heavy, *"H" * len(parents)), orders)


def padded(
    molecules: Sequence[Molecule],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Molecules to one batch of graphs, filled up with zeros to the largest.

    Returns, all float32:
        nodes `(graphs, nodes, 4)`: the element of each atom, one-hot in the order of
        `ELEMENTS`; adjacency `(graphs, nodes, nodes)`: 1 where there is a bond;
        orders, of the same shape: 1, 2 or 3; mask `(graphs, nodes)`: 1 for atoms, 0
        for what was filled up.

    Raises:
        ValueError: when there are no molecules.
    """
    if len(molecules) == 0:
        raise ValueError(
            "padded needs at least one molecule. Received: none. "
            'Write padded([molecule("water")]), for example.'
        )
    size = max(len(one.atoms) for one in molecules)
    nodes = np.zeros((len(molecules), size, len(ELEMENTS)), "float32")
    orders = np.zeros((len(molecules), size, size), "float32")
    for graph, one in enumerate(molecules):
        elements = [ELEMENTS.index(symbol) for symbol in one.atoms]
        atoms = len(elements)
        nodes[graph, np.arange(atoms), elements] = 1
        orders[graph, :atoms, :atoms] = one.orders
    return nodes, (orders > 0).astype("float32"), orders, nodes.sum(axis=-1)


def _skeleton_orders(atoms: int, bonds: str) -> np.ndarray:
    orders = np.zeros((atoms, atoms), "int32")
    for bond in bonds.split():
        sign = bond.strip("0123456789")
        first, second = map(int, bond.split(sign))
        orders[first, second] = orders[second, first] = _ORDERS[sign]
    return orders
