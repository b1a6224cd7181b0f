"""The Quantization workspace: what each level of a model costs, on a text."""
