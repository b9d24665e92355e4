"""Makes functions start from images that are present. LocalStack pulls each runtime's image once per start, even if it
exists, and a function whose pull fails never becomes active: without a network no function would run."""

import logging

from localstack.services.lambda_.invocation import docker_runtime_executor as executor
from localstack.utils.docker_utils import DOCKER_CLIENT

LOG = logging.getLogger("localstack.ingest")

PLATFORMS = {"amd64": "x86_64", "arm64": "arm64"}


def install() -> None:
    for runtime in ("java17", "java21", "java25"):
        image = executor.resolver.get_image_for_runtime(runtime)
        try:
            details = DOCKER_CLIENT.inspect_image(image, pull=False)
        except Exception as missing:  # the client has several exception types for a missing image
            LOG.info("image %s is missing and will be pulled when %s is used: %s", image, runtime, missing)
            continue
        architecture = PLATFORMS.get(details.get("Architecture"))
        # With LAMBDA_IGNORE_ARCHITECTURE the platform is None; both keys then refer to the image.
        executor.PULLED_IMAGES.add((image, None))
        if architecture:
            executor.PULLED_IMAGES.add((image, executor.docker_platform(architecture)))
        LOG.info("using the local image %s", image)
