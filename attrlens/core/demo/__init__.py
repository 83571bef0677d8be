"""The demo catalog: synthetic garments with known color and texture."""
