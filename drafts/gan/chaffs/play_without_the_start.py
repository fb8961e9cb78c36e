# caught by: coin/start-and-every-round
# Leaves out the start.

# %% solution="play"
def play(one_round, theta, logits, rounds):
    thetas = [theta]
    for _ in range(rounds):
        theta, logits = one_round(theta, logits)
        thetas.append(theta)
    return [1.0 / (1.0 + np.exp(-float(each))) for each in thetas[1:]]
