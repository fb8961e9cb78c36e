"""Overlap of generated texts with texts by people: BLEU and ROUGE.

A text is a list of tokens: "the cat sat".split(), characters, or numbers.
"""

import math
from collections import Counter

from kerasdl.arguments import check_whole


def bleu(texts, references, order: int = 4) -> float:
    """Generated texts and a list of references for each to corpus BLEU in [0, 1].

    min(1, exp(1 - r / c)) * (p_1 ... p_order)^(1/order). p_n is the share of all
    n-grams of the texts that the references hold, each counted at most as often as in
    that reference of the text which has it most often. c is the length of all texts,
    r that of the references nearest in length: short texts have precise n-grams, and
    pay for it. Counts are summed over the corpus, without smoothing: if no n-gram of
    some n is found, BLEU is 0.

    Args:
        texts: lists of tokens.
        references: for each text a list of at least one list of tokens.
        order: the largest n.

    Raises:
        ValueError: when there are no texts, not as many lists of references, a text has
            none, a text or reference is a string, or the order is below 1.

    Source: Papineni et al. 2002, https://aclanthology.org/P02-1040
    """
    _check(texts, references, order)
    _check_references(references)
    precisions = [_precision(texts, references, n) for n in range(1, order + 1)]
    if min(precisions) == 0:
        return 0.0
    length = sum(map(len, texts))
    pairs = zip(texts, references, strict=True)
    wanted = sum(_nearest_length(text, several) for text, several in pairs)
    brevity = min(0.0, 1 - wanted / length)
    return math.exp(brevity + sum(map(math.log, precisions)) / order)


def rouge_n(texts, references, order: int = 1) -> float:
    """Generated texts and a reference for each to mean ROUGE-N recall in [0, 1].

    The share of the n-grams of a reference that its text holds, each counted at most
    as often as in the text. A reference shorter than n counts as 0.

    Args:
        texts, references: lists of lists of tokens, of the same length.
        order: n.

    Raises:
        ValueError: when there are no texts, not as many references, one of them is a
            string, or the order is below 1.

    Source: Lin 2004, https://aclanthology.org/W04-1013, section 2.
    """
    _check(texts, references, order)
    recalls = []
    for text, reference in zip(texts, references, strict=True):
        wanted = _ngrams(reference, order)
        found = wanted & _ngrams(text, order)
        recalls.append(found.total() / max(wanted.total(), 1))
    return sum(recalls) / len(recalls)


def rouge_l(texts, references) -> float:
    """Generated texts and a reference for each to mean ROUGE-L F1 in [0, 1].

    2 l / (length of the text + length of the reference), with l the length of the
    longest sequence of tokens that both have in this order, not necessarily next to
    each other.

    Args and Raises: as `rouge_n`.

    Source: Lin 2004, https://aclanthology.org/W04-1013, section 3, with beta = 1.
    """
    _check(texts, references)
    scores = []
    for text, reference in zip(texts, references, strict=True):
        lengths = len(text) + len(reference)
        scores.append(2 * _longest_common(text, reference) / max(lengths, 1))
    return sum(scores) / len(scores)


def _precision(texts, references, n):
    found = total = 0
    for text, several in zip(texts, references, strict=True):
        grams, known = _ngrams(text, n), Counter()
        for reference in several:
            known |= _ngrams(reference, n)
        found += (grams & known).total()
        total += grams.total()
    return found / max(total, 1)


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i:][:n]) for i in range(len(tokens) - n + 1))


def _nearest_length(text, references):
    """The reference length nearest to the text's; the shorter of two as near."""
    return min((abs(len(r) - len(text)), len(r)) for r in references)[1]


def _longest_common(first, second):
    """Row by row: the longest common sequence of the tokens of `first` so far."""
    row = [0] * (len(second) + 1)
    for token in first:
        above, row = row, [0]
        for j, other in enumerate(second):
            longest = above[j] + 1 if token == other else max(above[j + 1], row[j])
            row.append(longest)
    return row[-1]


def _check_references(references):
    """A reference that is not in a list would be read token by token."""
    flat = [r for several in references for r in several if not _is_list(r)]
    if flat:
        raise ValueError(
            "bleu needs for each text a list of references, each a list of tokens. "
            f"Received: a reference {flat[0]!r}. Write [reference], even for one."
        )


def _is_list(tokens):
    return hasattr(tokens, "__len__") and not isinstance(tokens, str)


def _check(texts, references, order=1):
    check_whole("The overlap of n-grams", 1, order=order)
    strings = any(isinstance(text, str) for text in [*texts, *references])
    empty = not texts or not all(references)
    if strings or empty or len(texts) != len(references):
        raise ValueError(
            "Expected at least one text, a list of tokens, and a reference for each. "
            f"Received: {len(texts)} texts, {len(references)} "
            f"references{', as strings' * strings}; none may be empty or missing. "
            "Write text.split(), for example."
        )
