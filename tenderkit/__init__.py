"""tenderkit tells people what a bid or a tender really says about the outcomes it should serve."""

__version__ = "0.1.0"
