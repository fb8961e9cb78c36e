"""The box: the process that runs a student's code, and the way to talk to it.

`client` is the trusted side. Everything else here runs beside the student's code, in
a process that knows no expected value, no label, no mark and no path to them.
"""
