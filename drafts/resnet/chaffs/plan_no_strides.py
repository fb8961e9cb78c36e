# caught by: plan/strides
# No block has stride 2.


# %% solution="plan"
def resnet_plan(depth, filters):
    n, rest = divmod(depth - 2, 6)
    if rest or n < 1:
        raise ValueError(f"A depth is 8, 14, 20, ... Received: {depth}")
    plan = []
    for stage in range(3):
        for _ in range(n):
            stride = 1
            plan.append((filters * 2**stage, stride))
    return plan
