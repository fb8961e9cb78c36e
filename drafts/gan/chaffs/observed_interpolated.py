# caught by: sampling/observed
# Makes up numbers between the observed ones.

# %% solution="observed"
def sample_observed(u, observations):
    return np.quantile(ops.convert_to_numpy(observations), ops.convert_to_numpy(u))
