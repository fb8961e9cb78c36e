# %% [markdown]
# # A toy assignment for the tests of the autograder

# %% given="setup"
from keras import ops

# %% [markdown]
# ### Problem 1 · Double (2 points)


# %% solution="double"
def double(x):
    """Twice `x`."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% test="double" points=2
assert double(2) == 4, "double(2) is 4: look at the factor."

# %% [markdown]
# ### Problem 2 · Mean (3 points)


# %% solution="mean"
def mean(x):
    """The mean over the last axis."""
    ### BEGIN SOLUTION
    return ops.mean(x, axis=-1)
    ### END SOLUTION


# %% test="mean" points=3
assert float(mean(ops.convert_to_tensor([1.0, 3.0]))) == 2, "Sum over count."

# %% [markdown] written="why" points=1
# Why?
#
# ### BEGIN SOLUTION
# Because.
# ### END SOLUTION
