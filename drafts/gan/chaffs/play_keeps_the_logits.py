# caught by: coin/path-of-the-probability
# Each round starts with the first discriminator.

# %% solution="play"
def play(one_round, theta, logits, rounds):
    thetas = [theta]
    for _ in range(rounds):
        theta, _ = one_round(theta, logits)
        thetas.append(theta)
    return [1.0 / (1.0 + np.exp(-float(each))) for each in thetas]
