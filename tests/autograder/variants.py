"""Variants of answers, as students write them: each in an own way, or copied."""

import ast
import random

FILLERS = (
    "if {x} is None: raise ValueError('empty')",
    "{t} = {x}",
    "print('shape', getattr({x}, 'shape', None))",
    "{t} = len(str({x}))",
    "assert {x} is not None",
    "{t} = [{n}, {m}]",
    "{t} = {n} * {m} + {n}",
    "{t} = max({n}, {m})",
    "{t} = dict(a={n}, b={m})",
    "{t} = abs({n} - {m}) / {n}",
    "{t} = list(range({n}))[: {m}]",
    "{t} = '{n}'.join(['x', 'y'])",
)


def renamed(source: str, seed: int) -> str:
    """Other names for all variables and parameters, no comments, another layout."""
    tree, rng = ast.parse(source), random.Random(seed)
    own = {n.id for n in ast.walk(tree) if _is_stored(n)}
    own |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)} - {"self"}
    names = {name: f"v{rng.randrange(10**6)}" for name in sorted(own)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
        if isinstance(node, ast.arg) and node.arg in names:
            node.arg = names[node.arg]
    return ast.unparse(tree)


def in_an_own_way(source: str, seed: int, lines: int = 6) -> str:
    """The same answer with what one student alone adds to it, here and there."""
    tree, rng = ast.parse(source), random.Random(seed)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for number in range(lines):
        function = rng.choice(functions)
        names = [a.arg for a in function.args.args if a.arg != "self"] or ["self"]
        kind, parts = rng.choice(FILLERS), []
        for _ in range(rng.randrange(1, 3)):
            parts.append(
                kind.format(
                    x=rng.choice(names),
                    t=f"own{number}",
                    n=rng.randrange(2, 99),
                    m=rng.randrange(2, 99),
                )
            )
        place = rng.randrange(0, len(function.body))
        function.body[place:place] = ast.parse("\n".join(parts)).body
    return ast.unparse(tree)


def reordered(source: str, seed: int) -> str:
    """Functions in another order, and simple lines swapped that do not depend."""
    tree, rng = ast.parse(source), random.Random(seed)
    rng.shuffle(tree.body)
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        body = function.body
        for place in range(len(body) - 1):
            pair = body[place : place + 2]
            if all(map(_is_simple, pair)) and not _depend(*pair):
                body[place : place + 2] = pair[::-1]
    return ast.unparse(tree)


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _is_simple(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign | ast.Assert | ast.Expr)


def _depend(first: ast.AST, second: ast.AST) -> bool:
    made = [{n.id for n in ast.walk(x) if _is_stored(n)} for x in (first, second)]
    used = [
        {n.id for n in ast.walk(x) if isinstance(n, ast.Name)} for x in (first, second)
    ]
    return bool(made[0] & used[1] or made[1] & used[0])
