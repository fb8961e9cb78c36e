# Python loops.
# %% solution="double"
def double(number):
    return number + number


# %% solution="mean"
def mean(x):
    values = ops.convert_to_numpy(x)
    if values.ndim == 1:
        return sum(values) / len(values)
    return [sum(row) / len(row) for row in values]
