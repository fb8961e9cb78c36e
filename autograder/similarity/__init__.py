"""Answers that are suspiciously alike."""
