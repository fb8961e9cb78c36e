# caught by: gradients/jensen-shannon, gradients/probabilities-of-0
# The divergence of p from q itself.

# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    return ops.sum(p * ops.log(p / q))
