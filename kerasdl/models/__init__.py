"""Models, each built from the layers of `kerasdl.layers`."""

from kerasdl.models.autoencoder import (
    DeepAutoencoder,
    DenoisingAutoencoder,
    LinearAutoencoder,
)
from kerasdl.models.cnn import CNN
from kerasdl.models.concatenating_net import ConcatenatingNet
from kerasdl.models.conditional_diffusion import ConditionalDiffusion
from kerasdl.models.conditional_gan import ConditionalGAN
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.contrastive_encoder import ContrastiveEncoder
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.finite_state import FiniteStateMachine
from kerasdl.models.gan import GAN
from kerasdl.models.gmlp import GMLP
from kerasdl.models.gpt import GPT
from kerasdl.models.graph_classifier import GraphClassifier
from kerasdl.models.image_discriminator import ImageDiscriminator
from kerasdl.models.image_generator import ImageGenerator
from kerasdl.models.latent_diffusion import LatentDiffusion
from kerasdl.models.lenet import LeNet
from kerasdl.models.mixer import Mixer
from kerasdl.models.mlp import MLP
from kerasdl.models.monte_carlo import MonteCarlo
from kerasdl.models.neural_ode import NeuralODE
from kerasdl.models.perceptron import Perceptron
from kerasdl.models.q_network import QNetwork
from kerasdl.models.recurrent_classifier import RecurrentClassifier
from kerasdl.models.resnet import PlainNet, ResNet
from kerasdl.models.samplers import DDIM, DDPM
from kerasdl.models.unet import UNet
from kerasdl.models.vae import VAE
from kerasdl.models.vit import ViT
from kerasdl.models.vqvae import VQVAE
from kerasdl.models.wasserstein_gan import WassersteinGAN

__all__ = [
    "CNN",
    "ConcatenatingNet",
    "ConditionalDiffusion",
    "ConditionalGAN",
    "ConditionedMLP",
    "ContrastiveEncoder",
    "DDIM",
    "DDPM",
    "DeepAutoencoder",
    "Denoiser",
    "DenoisingAutoencoder",
    "Diffusion",
    "FiniteStateMachine",
    "GAN",
    "GMLP",
    "GPT",
    "GraphClassifier",
    "ImageDiscriminator",
    "ImageGenerator",
    "LatentDiffusion",
    "LeNet",
    "LinearAutoencoder",
    "MLP",
    "Mixer",
    "MonteCarlo",
    "NeuralODE",
    "Perceptron",
    "PlainNet",
    "QNetwork",
    "RecurrentClassifier",
    "ResNet",
    "UNet",
    "VAE",
    "VQVAE",
    "ViT",
    "WassersteinGAN",
]
