"""Writes nbgrader's gradebook: marks, penalties, and what a person changed."""
