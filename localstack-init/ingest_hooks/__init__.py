"""In-process additions to LocalStack's open edition, each in a module of its own:

- local_images: functions start from images that are present, without asking a registry first
- requests: path parameters are decoded, a body of more than 10 MB is refused
- authorizer: API Gateway calls the Lambda authorizer, keeps its answer for the TTL, and obeys its policy
- gateway_responses: headers of gateway responses (WWW-Authenticate) are kept at import and sent
- api_updates: a changed API body reaches a deployed stack
- versions: references to a published version are resolved, and a changed function gets a new one, which its alias then
  points to

They reach into LocalStack's modules, so they are for the version they were tried with. On another one they stand back
and say so: LocalStack works then as it comes, without an authorizer. INGEST_HOOKS=off switches off what changes the API;
what a deployment of the template needs stays.
"""

import logging
import os

LOG = logging.getLogger("localstack.ingest")

KNOWN_VERSIONS = ("4.14.0",)


def install() -> None:
    """Puts all additions in place, those that a deployment needs, or none."""
    from localstack.constants import VERSION

    if VERSION not in KNOWN_VERSIONS:
        LOG.warning(
            "LocalStack %s is not one of the versions these hooks know (%s): nothing is changed. "
            "Without them the authorizer is not called, if this LocalStack does not call it by itself, and the template is "
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
        LOG.warning("INGEST_HOOKS is off: LocalStack calls no authorizer, every request is let through")
        return
    for module in api:
        module.install()
    LOG.info("hooks installed for LocalStack %s", VERSION)
