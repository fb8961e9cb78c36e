# caught by: latent/kl-of-the-mean, latent/kl-of-the-variance, latent/kl-factor, latent/kl-zero, latent/kl-per-example
# The library's function, under another name.

# %% solution="kl_divergence"
from kerasdl.divergences import gaussian_kl

kl_divergence = gaussian_kl
