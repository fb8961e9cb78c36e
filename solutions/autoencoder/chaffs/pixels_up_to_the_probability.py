# caught by: generation/edge-of-the-probability
# 1 also where the uniform number is just the probability.

# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.where(uniform <= probabilities, 1.0, 0.0)
