"""Measures of communities: pure functions with their source; what they count and whom is the caller's to say.

Members of a day are bits of a Python integer: bit `i` is set when the member whose ordinal is `i` was active.
Any window is an OR of such integers, any group an AND, and a count is `int.bit_count()`.
"""
