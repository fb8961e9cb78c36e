"""From what a platform gives to one folder per student."""
