"""One file per command of `autograder`."""
