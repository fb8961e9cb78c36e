# caught by: gradients/probabilities-of-0
# 0 log 0 is not a number.

# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    middle = (p + q) / 2
    of_p = ops.sum(p * ops.log(p / middle))
    return (of_p + ops.sum(q * ops.log(q / middle))) / 2
