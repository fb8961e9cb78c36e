"""Problem 4: several heads."""

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import array, nearest, softmax, told, verdict


def split(x, heads):
    """By a slow loop: head h gets its block of features."""
    size = x.shape[-1] // heads
    parts = [x[:, :, h * size : (h + 1) * size] for h in range(heads)]
    return np.stack(parts, axis=1)


def merge(x):
    return np.concatenate([x[:, h] for h in range(x.shape[1])], axis=-1)


def several_heads(x, w_q, w_k, w_v, heads):
    """Softmax attention in each head, side by side, without the last matrix."""
    q, k, v = (split(np.asarray(x, "float64") @ w, heads) for w in (w_q, w_k, w_v))
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1] ** 0.5
    return merge(softmax(scores) @ v)


def matrices(rng, count=1):
    drawn = 0.6 * rng.normal(size=(count, 6, 6))
    return list(drawn) if count > 1 else drawn[0]


class ByHeads(Check):
    """`attend` works on each feature alone, so the layout of heads does not matter."""

    question = "heads/plain-attend"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 4, 6)),
            "weights": matrices(rng, 4),
            "identity": np.eye(6),
            "heads": 3,
        }

    @staticmethod
    def run(student, x, weights, identity, heads):
        def attend(q, k, v):
            arrays = isinstance(q, np.ndarray)
            q, k, v = (ops.convert_to_numpy(part) for part in (q, k, v))  # noqa: F821
            result = v + 2.0 * q - 3.0 * k
            return result if arrays else ops.convert_to_tensor(result)  # noqa: F821

        results = []
        for last in (identity, weights[3]):
            given = (*weights[:3], last)
            results.append(student.multi_head_attention(x, given, heads, attend))
        return results


class QueriesKeysValues(ByHeads):
    name = "heads/queries-keys-and-values"

    def mark(self, result, inputs):
        x, (w_q, w_k, w_v, _) = inputs["x"], inputs["weights"]
        difference = compare(result[0], x @ (w_v + 2.0 * w_q - 3.0 * w_k), 1e-3)
        look_at = (
            "with an `attend` that returns v + 2 q - 3 k and w_o the identity. Look at "
            "what becomes of the three, at their order, and at whether merging undoes "
            "splitting."
        )
        return verdict(told("`multi_head_attention`", difference, look_at))


class OutputProjection(ByHeads):
    name = "heads/output-projection"

    def mark(self, result, inputs):
        without = array(result[0])
        if without is None or without.shape != (2, 4, 6):
            return verdict(
                "`multi_head_attention` does not keep the shape (2, 4, 6) of its input."
            )
        difference = compare(result[1], without @ inputs["weights"][3], 1e-3)
        look_at = (
            "compared with your own result for w_o = identity, times w_o. The last "
            "matrix comes after the heads are side by side."
        )
        return verdict(told("`multi_head_attention`", difference, look_at))


class EachHeadAlone(Check):
    """The same matrix for queries, keys and values: their order is another idea."""

    name = "heads/each-head-by-itself"
    weight = 1.5

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 4, 6)),
            "w": matrices(rng),
            "identity": np.eye(6),
            "heads": 3,
        }

    @staticmethod
    def run(student, x, w, identity, heads):
        def attend(q, k, v):
            arrays = isinstance(q, np.ndarray)
            q, k, v = (ops.convert_to_numpy(part) for part in (q, k, v))  # noqa: F821
            scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1] ** 0.5
            kernel = np.exp(scores - scores.max(axis=-1, keepdims=True))
            result = kernel @ v / kernel.sum(axis=-1, keepdims=True)
            return result if arrays else ops.convert_to_tensor(result)  # noqa: F821

        given = (w, w, w, identity)
        found = {"result": student.multi_head_attention(x, given, heads, attend)}
        try:
            parts = student.split_heads(ops.matmul(x, w), heads)  # noqa: F821
            found["own"] = student.merge_heads(attend(parts, parts, parts))
        except Exception:
            found["own"] = None
        return found

    def mark(self, result, inputs):
        x, w, heads = inputs["x"], inputs["w"], inputs["heads"]
        found = array(result["result"])
        whole = several_heads(x, w, w, w, 1)
        if found is not None and compare(found, whole, 1e-3) is None:
            return verdict(
                "`multi_head_attention` with 3 heads gives what one head would: is "
                "`attend` called with the parts of the features?"
            )
        candidates = [several_heads(x, w, w, w, heads)]
        own = array(result["own"])
        if own is not None and own.shape == (2, 4, 6):
            candidates.append(own)
        look_at = (
            "each head attends among the tokens with its own part of the features, and "
            "the parts keep their places."
        )
        difference = nearest(result["result"], candidates, 1e-3)
        return verdict(told("`multi_head_attention`", difference, look_at))


def tokens_and_heads(rng):
    return [rng.normal(size=(2, 4, 6)), 3]


checks = [
    SameValues(
        "heads/split",
        "split_heads",
        tokens_and_heads,
        split,
        "head h owns a block of neighbouring features, of every token. Which axes "
        "change places?",
    ),
    SameValues(
        "heads/merge",
        "merge_heads",
        lambda rng: [rng.normal(size=(2, 3, 4, 2))],
        merge,
        "each token gets its features back side by side, head 0 first.",
    ),
    QueriesKeysValues(),
    EachHeadAlone(),
    OutputProjection(),
]
