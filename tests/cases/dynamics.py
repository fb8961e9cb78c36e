"""Cases of models of motion, of actions and of pairs of views."""

from cases import Case
from kerasdl import losses
from kerasdl.models.contrastive_encoder import ContrastiveEncoder
from kerasdl.models.neural_ode import NeuralODE
from kerasdl.models.q_network import QNetwork


def array(*shape):
    return lambda random: random.normal(size=(4, *shape)).astype("float32")


def actions_and_worths(random):
    y = array(2)(random)
    y[:, 0] = random.integers(3, size=4)
    return y


CASES = [
    Case(
        "neural_ode",
        lambda: NeuralODE(dim=2, units=5, duration=0.1, steps=3),
        array(2),
        parameters=5 * (2 + 1) + 2 * (5 + 1),
        targets=array(4, 2),
        loss=losses.sum_of_squared_errors,
    ),
    Case(
        "q_network",
        lambda: QNetwork((5,), actions=3),
        array(4),
        parameters=5 * (4 + 1) + 3 * (5 + 1),
        targets=actions_and_worths,
    ),
    Case(
        "contrastive_encoder",
        lambda: ContrastiveEncoder((5,), dim=3),
        array(4),
        parameters=5 * (4 + 1) + 3 * (5 + 1),
        targets=array(4),
    ),
]
