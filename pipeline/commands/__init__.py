"""One command of ``ponmetro`` a module, each with a click command named ``command``."""
