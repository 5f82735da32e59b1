"""The walk through every door: a private community full of marked words, and people who may not read one."""
