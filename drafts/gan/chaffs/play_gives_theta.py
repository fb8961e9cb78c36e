# caught by: coin/path-of-the-probability
# The logits, not the probabilities.

# %% solution="play"
def play(one_round, theta, logits, rounds):
    thetas = [theta]
    for _ in range(rounds):
        theta, logits = one_round(theta, logits)
        thetas.append(theta)
    return [float(each) for each in thetas]
