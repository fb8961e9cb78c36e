# caught by: generation/probabilities
# Returns the logits.

# %% solution="generate"
def generate(decode, noise):
    return decode(noise)
