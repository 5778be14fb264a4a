"""Extracts for recipients: on a ground, for a purpose, without those who did not consent or asked to be left out."""

from igmap.disclosing.disclose import Request, disclose

__all__ = ["Request", "disclose"]
