"""Marks students' notebooks; knows nothing of any particular assignment."""
