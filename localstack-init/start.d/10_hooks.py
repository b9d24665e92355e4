"""Gives LocalStack what the pipeline needs and its open edition lacks; see ingest_hooks. INGEST_HOOKS=off leaves out what changes the API."""

import sys

sys.path.insert(0, "/kit/localstack-init")

import ingest_hooks  # noqa: E402  (the path above is where it lies)

ingest_hooks.install()
