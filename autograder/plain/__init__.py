"""Ordinary nbgrader assignments, marked by their own test cells."""
