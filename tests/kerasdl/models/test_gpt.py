"""GPT: causality, tied weights, what it generates, and the machine that it is."""

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.models.finite_state import FiniteStateMachine, all_states
from kerasdl.models.gpt import GPT

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def made(vocabulary=3, context=4):
    """A GPT far from uniform: larger weights than at the start of training."""
    kerasdl.seed(0)
    model = GPT(vocabulary, context, dim=8, depth=2, heads=2)
    model.build((None, context))
    random = np.random.default_rng(0)
    for variable in (model.embedding.matrix, model.positions.positions):
        variable.assign(random.normal(size=variable.shape))
    return model


def words(batch, tokens, vocabulary=3):
    return np.random.default_rng(1).integers(vocabulary, size=(batch, tokens))


def softmax(logits):
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("place", [1, 3])
def test_predictions_do_not_see_what_comes(place):
    model, tokens = made(), words(2, 4)
    before = numpy(model(tokens))
    tokens[:, place] = (tokens[:, place] + 1) % 3
    after = numpy(model(tokens))
    np.testing.assert_allclose(after[:, :place], before[:, :place], atol=1e-5)
    assert np.all(np.abs(after - before)[:, place:].max(axis=-1) > 1e-3)


def test_short_inputs_are_predicted_as_the_start_of_longer_ones():
    model, tokens = made(), words(2, 4)
    whole, part = numpy(model(tokens)), numpy(model(tokens[:, :2]))
    np.testing.assert_allclose(part, whole[:, :2], atol=1e-5)


def test_weights_are_tied():
    model, tokens = made(), words(2, 4)
    vectors = numpy(model.norm(model.encode(tokens)[0]))
    expected = vectors @ numpy(model.embedding.matrix).T
    np.testing.assert_allclose(numpy(model(tokens)), expected, atol=1e-4)
    shapes = [tuple(v.shape) for v in model.trainable_variables]
    assert shapes.count((3, 8)) == 1


def test_attention_maps_are_causal():
    maps = numpy(made().attention_maps(words(2, 4)))
    assert maps.shape == (2, 2, 2, 4, 4)
    np.testing.assert_array_equal(np.triu(maps, k=1), 0)
    np.testing.assert_allclose(maps.sum(axis=-1), 1, atol=1e-6)


@pytest.mark.parametrize("known", [1, 4, 6])
def test_likeliest_tokens_equal_a_plain_loop(known):
    model, prompt = made(), words(3, known)
    received = model.generate(prompt, steps=5, temperature=0)
    tokens = prompt
    for _ in range(5):
        best = numpy(model(tokens[:, -4:]))[:, -1].argmax(axis=-1)
        tokens = np.concatenate([tokens, best[:, None]], axis=1)
    np.testing.assert_array_equal(received, tokens)
    assert received.dtype == np.int32


def test_drawn_tokens_follow_the_predicted_probabilities():
    model = made()
    prompt = np.tile([[0, 2]], (4000, 1))
    for temperature in (1.0, 0.5):
        drawn = model.generate(prompt, 1, temperature)[:, -1]
        expected = softmax(numpy(model(prompt[:1]))[0, -1] / temperature)
        shares = np.bincount(drawn, minlength=3) / 4000
        np.testing.assert_allclose(shares, expected, atol=0.04)


def test_each_call_draws_anew_and_the_seed_decides():
    texts = []
    for _ in range(2):
        model = made()
        texts += [model.generate(words(4, 2), 6) for _ in range(2)]
    assert not np.array_equal(texts[0], texts[1])
    np.testing.assert_array_equal(texts[:2], texts[2:])


def test_generates_with_the_weights_of_now():
    model, prompt = made(), words(2, 2)
    before = model.generate(prompt, 6, temperature=0)
    model.norm.gamma.assign(-numpy(model.norm.gamma))
    after = model.generate(prompt, 6, temperature=0)
    assert not np.array_equal(before, after)


def test_machine_of_a_model():
    model = made(vocabulary=2, context=3)
    machine = FiniteStateMachine.of(model)
    assert machine.transitions.shape == (8, 2)
    state = 0b101
    expected = softmax(numpy(model(np.array([[1, 0, 1]])))[0, -1])
    np.testing.assert_allclose(machine.transitions[state], expected, atol=1e-5)
    np.testing.assert_array_equal(machine.successors()[state], [0b010, 0b011])


def test_states_are_in_order():
    states = all_states(3, 2)
    assert states[:4].tolist() == [[0, 0], [0, 1], [0, 2], [1, 0]]
    np.testing.assert_array_equal(states @ [3, 1], np.arange(9))


def test_stationary_distribution():
    chain = FiniteStateMachine([[0.9, 0.1], [0.4, 0.6]])  # context 1
    np.testing.assert_allclose(chain.stationary(), [0.8, 0.2], atol=1e-9)
    np.testing.assert_allclose(chain.matrix(), chain.transitions)
    flip = FiniteStateMachine([[0, 1], [1, 0]])  # period 2
    np.testing.assert_allclose(flip.stationary([1, 0]), [0.5, 0.5], atol=1e-9)
    machine = FiniteStateMachine.of(made(vocabulary=2, context=3))
    shares = machine.stationary()
    np.testing.assert_allclose(shares @ machine.matrix(), shares, atol=1e-9)
    tokens = machine.sample(4000, seed=0)
    np.testing.assert_allclose(tokens.mean(), shares[1::2].sum(), atol=0.05)


def test_xor_machine():
    """00 stays, and 01, 11, 10 follow each other: two parts."""
    xor = FiniteStateMachine.xor()
    assert xor.context == 2
    np.testing.assert_allclose(xor.stationary([1, 0, 0, 0]), [1, 0, 0, 0])
    third = 1 / 3
    np.testing.assert_allclose(xor.stationary([0, 1, 0, 0]), [0, third, third, third])
    assert xor.sample(6, seed=0, start=1).tolist() == [1, 0, 1, 1, 0, 1]


def test_errors():
    with pytest.raises(ValueError, match=r"\(batch, tokens\).*\(4,\)"):
        GPT(3, 4, 8, 1, 2)(np.zeros(4, "int32"))
    with pytest.raises(ValueError, match="4 positions.*5 tokens"):
        made()(words(1, 5))
    with pytest.raises(ValueError, match="0 to 2.*0 ... 3"):
        made().generate(np.array([[0, 3]]), 2)
    with pytest.raises(ValueError, match="prompt of integers.*float"):
        made().generate(np.zeros((1, 2)), 2)
    with pytest.raises(ValueError, match="temperature=-1"):
        made().generate(words(1, 2), 2, temperature=-1)
    with pytest.raises(ValueError, match="steps=0"):
        made().generate(words(1, 2), 0)
    with pytest.raises(ValueError, match="shape \\(3, 2\\)"):
        FiniteStateMachine(np.full((3, 2), 0.5))
    with pytest.raises(ValueError, match="sum to 1.*0.9"):
        FiniteStateMachine([[0.5, 0.4], [0.5, 0.4]])
