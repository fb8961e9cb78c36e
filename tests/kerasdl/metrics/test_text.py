"""BLEU and ROUGE: the papers' examples and properties."""

import itertools
import math

import pytest

from kerasdl.metrics import bleu, rouge_l, rouge_n

pytestmark = pytest.mark.backend

CAT = "the cat is on the mat".split()
THERE = "there is a cat on the mat".split()


def test_counts_are_clipped_as_in_the_paper():
    """Seven times "the": two of them are in a reference."""
    received = bleu([["the"] * 7], [[CAT, THERE]], order=1)
    assert received == pytest.approx(2 / 7)


def test_bleu_by_hand():
    text = "the cat sat on the mat".split()
    # 5 of 6 words, 3 of 5 pairs, 1 of 4 triples; as long as its reference.
    assert bleu([text], [[CAT]], order=1) == pytest.approx(5 / 6)
    assert bleu([text], [[CAT]], order=2) == pytest.approx((5 / 6 * 3 / 5) ** 0.5)
    expected = (5 / 6 * 3 / 5 * 1 / 4) ** (1 / 3)
    assert bleu([text], [[CAT]], order=3) == pytest.approx(expected)
    assert bleu([text], [[CAT]]) == 0


def test_short_texts_pay():
    assert bleu([CAT[:4]], [[CAT]]) == pytest.approx(math.exp(1 - 6 / 4))
    assert bleu([CAT], [[CAT, THERE]]) == 1
    longer = [*CAT, "now"]
    assert bleu([longer], [[CAT]], order=1) == pytest.approx(6 / 7)


def test_nearest_length_decides_the_shorter_at_a_tie():
    references = [["a"] * 2, ["a"] * 4]
    assert bleu([["a"] * 3], [references], order=1) == 1


def test_counts_are_summed_over_the_corpus():
    received = bleu([["a", "b"], ["c"] * 4], [[["a", "b"]], [["d"] * 4]], order=1)
    assert received == pytest.approx(2 / 6)


def test_rouge_by_hand():
    gunman = "police killed the gunman".split()
    kill, end = "police kill the gunman".split(), "the gunman kill police".split()
    assert rouge_n([kill], [gunman]) == 3 / 4
    assert rouge_n([kill, end], [gunman, gunman], order=2) == 1 / 3
    assert rouge_l([kill], [gunman]) == 3 / 4
    assert rouge_l([end], [gunman]) == 1 / 2
    assert rouge_l([kill, end], [gunman, gunman]) == (3 / 4 + 1 / 2) / 2
    assert rouge_n([["a"]], [["a"]], order=2) == 0


def test_longest_common_sequence_is_the_best_of_all():
    def sequences(word):
        picks = itertools.product([0, 1], repeat=len(word))
        return {tuple(itertools.compress(word, pick)) for pick in picks}

    for first, second in [("abcbdab", "bdcaba"), ("aab", "abab"), ("ab", "cd")]:
        longest = max(map(len, sequences(first) & sequences(second)))
        expected = 2 * longest / (len(first) + len(second))
        assert rouge_l([list(first)], [list(second)]) == pytest.approx(expected)


def test_errors():
    with pytest.raises(ValueError, match="as strings.*split"):
        bleu(["the cat"], [[CAT]])
    with pytest.raises(ValueError, match="1 texts, 2 references"):
        rouge_n([CAT], [CAT, CAT])
    with pytest.raises(ValueError, match="empty or missing"):
        bleu([CAT], [[]])
    with pytest.raises(ValueError, match="0 texts"):
        rouge_l([], [])
