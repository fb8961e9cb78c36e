# caught by: training/cycle-peak, training/cycle-ends, training/cycle-cosine
# Plain cosine decay: no rise.

# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    return peak * (1 + np.cos(np.pi * step / (steps - 1))) / 2
