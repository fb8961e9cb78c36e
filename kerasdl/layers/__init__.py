"""Layers, each written from its formula."""

from kerasdl.layers.dense import Dense

__all__ = ["Dense"]
