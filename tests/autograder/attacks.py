"""Notebooks of students who mean harm; each also gives a wrong `double`.

A name to the cells that come first, and to `double` where the attack is in there.
"""

from tests.autograder.attacks_from_within import MAGICS, PATCHED, READS, SHOWN
from tests.autograder.attacks_on_the_process import ENDED, ON_THE_CHANNEL, WITHOUT_END

ATTACKS = {
    **ON_THE_CHANNEL,
    **WITHOUT_END,
    **ENDED,
    **PATCHED,
    **SHOWN,
    **MAGICS,
    **READS,
}
