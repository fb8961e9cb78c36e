"""What the reference had compiled is found again, and no student can change it."""

import pytest

from autograder.box import isolation
from autograder.box.warm import Parent
from autograder.compiled import cache
from autograder.limits import Limits

pytestmark = pytest.mark.skipif(isolation.best() == "none", reason="no namespaces here")

COUNT = """
import jax, os
events = []
jax.monitoring.register_event_listener(lambda event, **_: events.append(event))
from keras import ops
2 * ops.convert_to_tensor([[1.0] * 4] * 3)
hits = sum("cache_hits" in event for event in events)
folder = os.environ["JAX_COMPILATION_CACHE_DIR"]
try:
    open(os.path.join(folder, "poisoned"), "w")
    written = True
except OSError:
    written = False
(hits > 0, len(os.listdir(folder)) > 3, written)
"""


def test_a_students_box_reads_the_cache_and_cannot_write_it(toy, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = cache("jax", isolation.best(), toy)
    assert cache("jax", isolation.best(), toy) == kept
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    parent = Parent("jax", isolation.best(), kept)
    try:
        with parent.boxes().box(Limits()) as box:
            reply = box.run_cell(COUNT, 30)
    finally:
        parent.close()
    assert reply["outputs"][-1]["data"]["text/plain"] == "(True, True, False)"


def test_nothing_is_kept_where_a_student_could_write_it(toy):
    assert cache("jax", "none", toy) is None
    assert cache("torch", isolation.best(), toy) is None
