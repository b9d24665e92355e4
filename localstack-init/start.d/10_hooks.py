"""Installs the hooks for features that LocalStack's open edition lacks; see ingest_hooks. INGEST_HOOKS=off leaves out
the hooks that change the API."""

import sys

sys.path.insert(0, "/kit/localstack-init")

import ingest_hooks  # noqa: E402  (needs the path above)

ingest_hooks.install()
