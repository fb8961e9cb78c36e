"""Layers, each written from its formula with `keras.ops`."""

from kerasdl.layers.adapter import ResidualAdapter
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.concatenating import ConcatenatingBlock
from kerasdl.layers.correlation import (
    Correlation1D,
    Correlation2D,
    convolve,
    correlate,
)
from kerasdl.layers.dense import Dense
from kerasdl.layers.dropout import Dropout, ScheduledDropout
from kerasdl.layers.edge_convolution import EdgeConvolution
from kerasdl.layers.feed_forward import FeedForward
from kerasdl.layers.gaussian import GaussianSample
from kerasdl.layers.gmlp_block import GMLPBlock, SpatialGatingUnit
from kerasdl.layers.graph_convolution import GraphConvolution
from kerasdl.layers.graph_pooling import GraphPooling
from kerasdl.layers.kernel_smoother import KernelSmoother
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.maxout import Maxout
from kerasdl.layers.message_passing import MessagePassing
from kerasdl.layers.mixer_block import MixerBlock
from kerasdl.layers.multi_head_attention import MultiHeadAttention
from kerasdl.layers.patches import ClassToken, PatchEmbedding
from kerasdl.layers.performer import Performer
from kerasdl.layers.pooling import (
    AdaptiveAveragePooling2D,
    AveragePooling2D,
    MaxPooling2D,
)
from kerasdl.layers.positions import LearnedPositions, SinusoidalPositions
from kerasdl.layers.recurrent import Recurrent
from kerasdl.layers.recurrent_cell import RecurrentCell
from kerasdl.layers.residual import PlainBlock, ResidualBlock
from kerasdl.layers.scaled_dot_product import attention, causal_mask
from kerasdl.layers.timestep_embedding import TimestepEmbedding
from kerasdl.layers.token_embedding import TokenEmbedding
from kerasdl.layers.transformer_block import TransformerBlock
from kerasdl.layers.unet import DoubleCorrelation, DownBlock, UpBlock
from kerasdl.layers.vector_quantizer import VectorQuantizer

__all__ = [
    "AdaptiveAveragePooling2D",
    "AveragePooling2D",
    "BatchNormalization",
    "ClassToken",
    "ConcatenatingBlock",
    "Correlation1D",
    "Correlation2D",
    "Dense",
    "DoubleCorrelation",
    "DownBlock",
    "Dropout",
    "EdgeConvolution",
    "FeedForward",
    "GMLPBlock",
    "GaussianSample",
    "GraphConvolution",
    "GraphPooling",
    "KernelSmoother",
    "LayerNormalization",
    "LearnedPositions",
    "MaxPooling2D",
    "Maxout",
    "MessagePassing",
    "MixerBlock",
    "MultiHeadAttention",
    "PatchEmbedding",
    "Performer",
    "PlainBlock",
    "Recurrent",
    "RecurrentCell",
    "ResidualAdapter",
    "ResidualBlock",
    "ScheduledDropout",
    "SinusoidalPositions",
    "SpatialGatingUnit",
    "TimestepEmbedding",
    "TokenEmbedding",
    "TransformerBlock",
    "UpBlock",
    "VectorQuantizer",
    "attention",
    "causal_mask",
    "convolve",
    "correlate",
]
