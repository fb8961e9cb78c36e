# caught by: generation/drawn-pixels
# 1 where the uniform number is above the probability.

# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.where(uniform > probabilities, 1.0, 0.0)
