"""The Strategies workspace: one prompt under several settings, side by side."""
