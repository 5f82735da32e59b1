"""/metrics: how this Passeur is doing, in Prometheus' format, for programs that watch over it."""
