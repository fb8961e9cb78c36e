# caught by: coin/start-and-every-round
# As many numbers as rounds, the start among them.

# %% solution="play"
def play(one_round, theta, logits, rounds):
    thetas = [theta]
    for _ in range(rounds - 1):
        theta, logits = one_round(theta, logits)
        thetas.append(theta)
    return [1.0 / (1.0 + np.exp(-float(each))) for each in thetas]
