"""Look inside the network: activations of every channel, where a unit looks, what a channel answers to."""
