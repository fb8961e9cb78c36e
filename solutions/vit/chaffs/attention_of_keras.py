# caught by: attention/who-asks-whom, attention/values
# Calls the attention of Keras, which the problem forbids, by another name.

# %% solution="attention"
from keras.ops import dot_product_attention as weighted_means


def attention(x, context, w_q, w_k, w_v):
    parts = ops.matmul(x, w_q), ops.matmul(context, w_k), ops.matmul(context, w_v)
    one_head = [ops.expand_dims(part, 2) for part in parts]
    return ops.squeeze(weighted_means(*one_head), 2)
