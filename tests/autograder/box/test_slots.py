"""Marking processes of one machine have different numbers, whoever started them."""

import subprocess
import sys

import pytest

from autograder.box import slots

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="numbers are claimed on Linux"
)
CLAIM = """
import sys, time
from autograder.box import slots
slot, claimed = slots.claim()
print(slot, flush=True)
time.sleep(60)
"""


def test_no_two_have_the_same_number():
    claims = [slots.claim() for _ in range(5)]
    assert len({slot for slot, _ in claims}) == 5
    for _, claimed in claims:
        claimed.close()


def test_a_number_is_free_again_when_its_process_is_killed():
    command = [sys.executable, "-c", CLAIM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        theirs = int(other.stdout.readline())
        assert theirs not in some()
        other.kill()
    assert theirs in some()


def some() -> set[int]:
    """Enough numbers that one which is free is among them."""
    claims = [slots.claim() for _ in range(50)]
    for _, claimed in claims:
        claimed.close()
    return {slot for slot, _ in claims}
