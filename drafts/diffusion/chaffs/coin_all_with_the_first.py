# caught by: coin/own-step-of-each-toss
# The first toss decides the step of all.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t[0], axis=0)
    prior = np.log(heads / (1 - heads))
    return ops.sigmoid(2.0 * side * ops.sqrt(kept) * x_t / (1.0 - kept) + prior)
