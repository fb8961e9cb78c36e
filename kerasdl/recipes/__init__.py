"""How to train each model so that it works, every time.

A recipe is a module with `run(seed)`, which seeds, loads data, builds, trains and
returns one figure; `GOAL`, what the figure should be; and `reached(figure)`. How often
each recipe reaches its goal, and in how many seconds, is in `docs/recipes.md`.
"""
