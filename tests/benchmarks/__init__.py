"""Measurements that are run by hand; what they show is in the documentation."""
