"""Handed-in predictions are read strictly, and scored on labels that stay here."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, roc_auc_score

from autograder.checks import Predictions
from autograder.checks.predictions import read_column
from autograder.mark import judge

LABELS = np.array([0, 1, 1, 0])


def check(score=accuracy_score, at_least=0.75):
    return Predictions(
        "mean/unseen",
        "predictions.csv",
        lambda: LABELS,
        score,
        at_least,
        "compare training and validation.",
    )


def mark(data, **options):
    return judge(check(**options), {"value": data}, {})


@pytest.mark.parametrize(
    "data",
    [
        b"0\n1\n1\n0\n",
        b"0\r\n1\r\n1\r\n0",
        b"label\n0\n1\n1\n0\n\n",
        "\ufeffVorhersage (ü)\n0\n1\n1\n0\n".encode(),
        b" 0.0 \n+1\n1e0\n.0\n",
        b"0\n1\n1\n1\n",
    ],
)
def test_good_files(data):
    assert mark(data).share == 1 and mark(data).sentence == ""


def test_scores_in_place_of_classes():
    good, bad = b"0.1\n0.9\n0.8\n0.3\n", b"0.9\n0.1\n0.2\n0.7\n"
    assert mark(good, score=roc_auc_score).share == 1
    marked = mark(bad, score=roc_auc_score)
    assert marked.share == 0 and "scores 0.00" in marked.sentence
    assert marked.sentence.endswith("compare training and validation.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "is missing"),
        (b"", "has 0 lines"),
        (b"0\n1\n1\n", "has 3 lines with numbers, expected 4"),
        (b"0\n1\n1\n0\n1\n", "has 5 lines"),
        (b"label\nx\n0\n1\n1\n0\n", "has 6 lines"),
        (b"0\n\n1\n0\n", "nothing in line 2"),
        (b"0\nnan\n1\n0\n", "'nan' in line 2, expected a finite number"),
        (b"0\n1\ninf\n0\n", "'inf' in line 3"),
        (b"0\n1\n1e999\n0\n", "'1e999' in line 3"),
        (b"0\n1,0\n1\n0\n", "'1,0' in line 2: one column"),
        (b"label\n1;0\n2;1\n3;1\n4;0\n", "'1;0' in line 2: one column"),
        (b"0\n1_0\n1\n0\n", "'1_0' in line 2"),
        ("0\n\u0661\n1\n0\n".encode(), "in line 2, expected a finite number"),
        (b"0\n" + b"9" * 500 + b"x\n1\n0\n", "9...' in line 2"),
        (b"0\n\xff\n1\n0\n", "not text in UTF-8"),
        (b"PK\x03\x04\x00\xfe", "not text in UTF-8"),
        (b"0\n1\n" * (5 << 20), "at most 10 MB"),
        (b"1\n0\n0\n1\n", "scores 0.00"),
    ],
)
def test_every_fault_has_a_sentence(data, words):
    marked = mark(data)
    assert marked.share == 0 and words in marked.sentence
    assert marked.sentence.startswith("`predictions.csv` ")


def test_no_sentence_tells_a_label():
    sentences = {mark(data).sentence for data in (b"1\n0\n0\n1", b"1\n1\n0\n1")}
    assert all(str(list(LABELS)) not in sentence for sentence in sentences)


def test_order_counts():
    assert list(read_column(b"3\n1\n2", 3)) == [3, 1, 2]


def test_a_long_line_of_digits_is_read_at_once():
    assert np.isfinite(read_column(b"1" * 300 + b"\n2", 2)).all()


@pytest.mark.parametrize("file", ["../x.csv", "a/b.csv", "toy.ipynb", "", "x"])
def test_a_file_has_a_plain_name(file):
    with pytest.raises(ValueError, match="a file's name is as"):
        Predictions("mean/unseen", file, lambda: LABELS, accuracy_score, 0.5, "x")
