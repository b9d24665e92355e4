"""Additions to LocalStack's open edition that run in its process, each in a module of its own:

- local_images: functions start from images that are present, without a request to a registry
- requests: path parameters are decoded, a body of more than 10 MB is rejected
- authorizer: API Gateway calls the Lambda authorizer, caches its answer for the TTL, and enforces its policy
- gateway_responses: headers of gateway responses (WWW-Authenticate) are kept at import and sent
- api_updates: a changed API body reaches a deployed stack
- versions: references to a published version are resolved, and a changed function gets a new one, which its alias then
  points to

The hooks patch LocalStack's modules, so they support only the versions that they were tested with. On any other version
they do nothing and log a warning: LocalStack then works as delivered, without an authorizer. INGEST_HOOKS=off disables the
hooks that change the API; the hooks that a deployment of the template needs stay.
"""

import logging
import os

LOG = logging.getLogger("localstack.ingest")

KNOWN_VERSIONS = ("4.14.0",)


def install() -> None:
    """Installs all hooks, only those that a deployment needs, or none."""
    from localstack.constants import VERSION

    if VERSION not in KNOWN_VERSIONS:
        LOG.warning(
            "LocalStack %s is not one of the versions that these hooks support (%s): nothing is changed. "
            "Without the hooks the authorizer is called only if this LocalStack calls it by itself, and the template is "
            "deployed only if this LocalStack resolves its references to published versions",
            VERSION,
            ", ".join(KNOWN_VERSIONS),
        )
        return
    from . import api_updates, authorizer, gateway_responses, local_images, requests, versions

    deployment, api = (local_images, api_updates, versions), (gateway_responses, requests, authorizer)
    for module in deployment:
        module.install()
    if os.environ.get("INGEST_HOOKS", "on").lower() in ("off", "0", "false", "no"):
        LOG.warning("INGEST_HOOKS is off: LocalStack calls no authorizer and accepts every request")
        return
    for module in api:
        module.install()
    LOG.info("hooks installed for LocalStack %s", VERSION)
