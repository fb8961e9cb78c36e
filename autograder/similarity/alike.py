"""Answers that are suspiciously alike: lines that two share and hardly anyone else.

What the release, the reference and known right answers have is no evidence, nor what
many students have. Code is cut into tokens and compared as text; none is run.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from copydetect.utils import get_copied_slices, get_document_fingerprints

from autograder.similarity.pytokens import LINE_END, NotPython, Token, tokens

# A passage is this many tokens of a line or more; a line has some twelve.
SHORTEST = 8
# Fewer shared tokens than this, some four lines, are chance.
EVIDENCE = 40
# Passages of more students than this are how one writes it: from 4 to 10, by the class.
FEWEST_MANY, MOST_MANY, MANY_SHARE = 4, 10, 0.02


@dataclass(frozen=True)
class Passages:
    """What two students' answers to one problem share.

    Attributes:
        evidence: tokens in it that hardly anyone else has.
        shares: of all tokens in each one's answer.
        spans: in each one's text, from where to where.
    """

    problem: str
    evidence: int
    shares: tuple[float, float]
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]]

    @property
    def percents(self) -> list[str]:
        return [f"{share:.0%}" for share in self.shares]


@dataclass
class Pair:
    """Two students whose answers are alike."""

    students: tuple[str, str]
    passages: list[Passages] = field(default_factory=list)

    @property
    def evidence(self) -> int:
        return sum(one.evidence for one in self.passages)


@dataclass
class Similarity:
    """What was found in a class.

    Attributes:
        pairs: the most suspicious first.
        unread: (student, problem, reason) of what could not be compared.
    """

    pairs: list[Pair] = field(default_factory=list)
    unread: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Text:
    """One answer: its tokens, and where in them each passage begins, by its hash."""

    tokens: list[Token]
    places: dict[int, list[int]]

    @property
    def hashes(self) -> Set[int]:
        return self.places.keys()

    def slices(self, hashes: Iterable[int]) -> list[tuple[int, int]]:
        """From which token to which these passages reach, overlaps joined."""
        begins = np.array(
            [i for value in hashes for i in self.places[value]], dtype=int
        )
        slices = get_copied_slices(begins, SHORTEST).astype(int)
        return [(int(start), int(end)) for start, end in slices.T]


def similarity(
    answers: Mapping[str, Mapping[str, str]], known: Mapping[str, Sequence[str]]
) -> Similarity:
    """Compares a class's answers.

    Args:
        answers: problem to student to source.
        known: problem to sources that students may have in common.
    """
    found, alphabet = Similarity(), _Alphabet()
    texts: dict[str, dict[str, _Text]] = {problem: {} for problem in answers}
    for problem, sources in answers.items():
        for student, source in sources.items():
            try:
                texts[problem][student] = alphabet.read(source)
            except NotPython as error:
                found.unread.append((student, problem, str(error)))
    common = _common(texts.values())
    pairs: dict[tuple[str, str], _Evidence] = {}
    for problem, some in texts.items():
        given = set[int]().union(*_fingerprints(alphabet, known[problem]))
        for students in _candidates(some, common | given):
            one, other = (some[student] for student in students)
            shared = (one.hashes & other.hashes) - common - given
            evidence = pairs.setdefault(students, _Evidence(students))
            evidence.add(problem, one, other, shared)
    suspicious = [e.pair for e in pairs.values() if e.pair.evidence >= EVIDENCE]
    found.pairs = sorted(suspicious, key=lambda pair: -pair.evidence)
    return found


def many(students: int) -> int:
    """How many students may share a passage before it is how one writes it."""
    return min(max(FEWEST_MANY, round(MANY_SHARE * students)), MOST_MANY)


class _Alphabet:
    """A letter for each token, so that what compares letters compares tokens."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        self.count = 0

    def read(self, source: str) -> _Text:
        """Raises NotPython where the source has no tokens."""
        found, letters = [], []
        for token in tokens(source):
            if token.text not in self.letters:
                self.letters[token.text] = self._fresh()
            found.append(token)
            letters.append(self.letters[token.text])
            if token.text == LINE_END:
                # Nothing else has this letter: no passage is longer than a line, and
                # lines in another order are the same passages.
                found.append(Token("", token.end, token.end))
                letters.append(self._fresh())
        text = "".join(letters)
        _, places = get_document_fingerprints(text, k=SHORTEST, window_size=1)
        return _Text(found, places)

    def _fresh(self) -> str:
        self.count += 1
        return chr(0x10000 + self.count % 0x100000)


class _Evidence:
    """Gathers what two students share; a passage counts once, in whichever problem."""

    def __init__(self, students: tuple[str, str]) -> None:
        self.pair, self.seen = Pair(students), set[int]()

    def add(self, problem: str, one: _Text, other: _Text, shared: set[int]) -> None:
        new, self.seen = shared - self.seen, self.seen | shared
        counts = [sum(b - a for a, b in text.slices(new)) for text in (one, other)]
        spans, shares = [], []
        for text in (one, other):
            slices = text.slices(shared)
            shares.append(sum(b - a for a, b in slices) / len(text.tokens))
            ends = ((text.tokens[a].start, text.tokens[b - 1].end) for a, b in slices)
            spans.append(list(ends))
        passages = Passages(problem, min(counts), (*shares,), (*spans,))
        self.pair.passages.append(passages)


def _common(texts: Iterable[Mapping[str, _Text]]) -> set[int]:
    """Passages that many students have, in whichever problem."""
    holders: dict[int, set[str]] = defaultdict(set)
    students = set()
    for some in texts:
        for student, text in some.items():
            students.add(student)
            for value in text.hashes:
                holders[value].add(student)
    most = many(len(students))
    return {value for value, who in holders.items() if len(who) > most}


def _fingerprints(alphabet: _Alphabet, sources: Iterable[str]) -> Iterator[Set[int]]:
    """Of what is Python in an assignment's own cells: shell commands are not."""
    for source in sources:
        with suppress(NotPython):
            yield alphabet.read(source).hashes


def _candidates(texts: Mapping[str, _Text], aside: set[int]) -> list[tuple[str, str]]:
    """Pairs that share anything else: few, so that not all pairs are compared."""
    holders: dict[int, list[str]] = defaultdict(list)
    for student, text in sorted(texts.items()):
        for value in text.hashes - aside:
            holders[value].append(student)
    return sorted({pair for some in holders.values() for pair in combinations(some, 2)})
