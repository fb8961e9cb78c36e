"""Molecules with right valences, and graphs whose label only the edges tell."""

import numpy as np
import pytest

from kerasdl import data

pytestmark = pytest.mark.backend

# Written down on their own: they catch a bond too many that hydrogen atoms make up for.
FORMULAS = {
    "water": "H2O",
    "ammonia": "H3N",
    "methane": "CH4",
    "carbon dioxide": "CO2",
    "hydrogen cyanide": "CHN",
    "formaldehyde": "CH2O",
    "methanol": "CH4O",
    "ethane": "C2H6",
    "ethene": "C2H4",
    "ethyne": "C2H2",
    "ethanol": "C2H6O",
    "acetone": "C3H6O",
    "acetic acid": "C2H4O2",
    "urea": "CH4N2O",
    "glycine": "C2H5NO2",
    "benzene": "C6H6",
    "toluene": "C7H8",
    "phenol": "C6H6O",
    "pyridine": "C5H5N",
    "naphthalene": "C10H8",
    "glucose": "C6H12O6",
    "paracetamol": "C8H9NO2",
    "aspirin": "C9H8O4",
    "nicotine": "C10H14N2",
    "caffeine": "C8H10N4O2",
}
RINGS = {"benzene": 1, "toluene": 1, "phenol": 1, "pyridine": 1, "naphthalene": 2}
RINGS |= {"glucose": 1, "paracetamol": 1, "aspirin": 1, "nicotine": 2, "caffeine": 2}


def test_every_molecule_has_a_formula():
    assert tuple(FORMULAS) == data.MOLECULES


@pytest.mark.parametrize("name", data.MOLECULES)
def test_molecules(name):
    one = data.molecule(name)
    assert one.wrong_valences == ()
    assert one.formula == FORMULAS[name]
    assert one.orders.shape == (len(one.atoms),) * 2
    np.testing.assert_array_equal(one.orders, one.orders.T)
    assert not one.orders.diagonal().any() and set(one.orders.ravel()) <= {0, 1, 2, 3}
    assert reached(one.orders).all()  # in one piece
    edges = (one.orders > 0).sum() // 2
    assert edges - len(one.atoms) + 1 == RINGS.get(name, 0)


def reached(orders):
    steps = np.eye(len(orders)) + (orders > 0)
    return np.linalg.matrix_power(steps, len(orders)) > 0


def test_caffeine():
    """24 atoms, 25 bonds; all hydrogen atoms but one are on the three methyl groups."""
    one = data.molecule("caffeine")
    assert len(one.atoms) == 24 and (one.orders > 0).sum() == 2 * 25
    bonds = (one.orders > 0).astype(int)
    hydrogen, carbon, nitrogen, oxygen = (np.array(one.atoms) == s for s in "HCNO")
    held = bonds @ hydrogen
    assert sorted(held[carbon]) == [0, 0, 0, 0, 1, 3, 3, 3]
    assert not held[nitrogen].any()
    methyl = held == 3
    assert (bonds @ nitrogen)[methyl].tolist() == [1, 1, 1]
    assert one.orders[oxygen].max(axis=1).tolist() == [2, 2]


def test_wrong_valences_are_found():
    water = data.molecule("water")
    orders = water.orders.copy()
    orders[0, 1] = orders[1, 0] = 2
    assert data.Molecule(water.atoms, orders).wrong_valences == (0, 1)


def test_unknown_molecule():
    with pytest.raises(ValueError, match="'cafeine'. Did you mean 'caffeine'"):
        data.molecule("cafeine")


def test_padded():
    names = ("water", "caffeine")
    nodes, adjacency, orders, mask = data.padded([data.molecule(n) for n in names])
    assert nodes.shape == (2, 24, 4) and mask.shape == (2, 24)
    assert adjacency.shape == orders.shape == (2, 24, 24)
    assert {a.dtype for a in (nodes, adjacency, orders, mask)} == {np.dtype("float32")}
    for graph, name in enumerate(names):
        one = data.molecule(name)
        atoms = len(one.atoms)
        assert mask[graph].tolist() == [1] * atoms + [0] * (24 - atoms)
        symbols = [data.ELEMENTS[i] for i in nodes[graph, :atoms].argmax(axis=1)]
        assert tuple(symbols) == one.atoms
        np.testing.assert_array_equal(nodes[graph].sum(axis=1), mask[graph])
        np.testing.assert_array_equal(orders[graph, :atoms, :atoms], one.orders)
        assert orders[graph].sum() == one.orders.sum()
    np.testing.assert_array_equal(adjacency, orders > 0)
    with pytest.raises(ValueError, match="at least one molecule"):
        data.padded([])


def test_xor_graphs():
    (nodes, adjacency, mask), labels = data.xor_graphs()
    assert nodes.shape == (4, 2, 1) and mask.tolist() == [[1, 1]] * 4
    assert adjacency.tolist() == [[[0, 1], [1, 0]]] * 4
    targets = data.xor()[1].ravel()
    np.testing.assert_array_equal(labels, targets > 0)
    np.testing.assert_array_equal(nodes[..., 0], data.xor()[0])


@pytest.mark.parametrize("function", [data.ring_graphs, data.neighbour_graphs])
def test_made_up_graphs(function):
    (nodes, adjacency, mask), labels = function(200, nodes=7)
    assert nodes.shape[:2] == mask.shape == (200, 7)
    assert adjacency.shape == (200, 7, 7)
    assert {a.dtype for a in (nodes, adjacency, mask)} == {np.dtype("float32")}
    assert labels.dtype == np.int32 and np.bincount(labels).tolist() == [100, 100]
    np.testing.assert_array_equal(adjacency, adjacency.swapaxes(1, 2))
    np.testing.assert_array_equal(nodes.max(axis=-1), mask)
    assert set(mask.sum(axis=1)) == {4, 5, 6, 7}
    for one, held in zip(adjacency, mask, strict=True):
        size = int(held.sum())
        assert not one.diagonal().any() and not one[size:].any()
        assert reached(one[:size, :size]).all()
    again = function(200, nodes=7)[0][1]
    np.testing.assert_array_equal(again, adjacency)
    assert not np.array_equal(function(200, nodes=7, seed=1)[0][1], adjacency)
    for arguments in ((0,), (10, 3)):
        with pytest.raises(ValueError, match="at least"):
            function(*arguments)


def test_ring_graphs_have_a_ring_where_the_label_says_so():
    (nodes, adjacency, mask), labels = data.ring_graphs(300)
    np.testing.assert_array_equal(nodes[..., 0], mask)  # features say nothing
    for one, label in zip(adjacency, labels, strict=True):
        assert label == has_ring(one)


def has_ring(adjacency):
    """What is left when leaves are plucked as long as there are any."""
    left = adjacency.copy()
    for _ in range(len(left)):
        leaves = left.sum(axis=1) <= 1
        left[leaves], left[:, leaves] = 0, 0
    return left.any()


def test_neighbour_graphs_are_labelled_by_the_red_and_the_blue_node():
    (nodes, adjacency, mask), labels = data.neighbour_graphs(300)
    np.testing.assert_array_equal(nodes.sum(axis=1)[:, :2], 1)  # one red, one blue
    red, blue = nodes[..., 0], nodes[..., 1]
    linked = np.einsum("gi,gij,gj->g", red, adjacency, blue)
    np.testing.assert_array_equal(linked, labels)
    edges = adjacency.sum(axis=(1, 2)) / 2
    np.testing.assert_array_equal(edges, mask.sum(axis=1) - 1)  # edges alone neither
