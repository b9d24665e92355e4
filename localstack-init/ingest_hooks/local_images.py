"""Functions start from images that are present. LocalStack pulls each runtime's image once per start, even if it is
there, and a function whose pull fails never becomes active: without a network nothing would run."""

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
        except Exception as missing:  # the client has an exception type per way of not finding an image
            LOG.info("image %s is not here, it will be pulled when %s is used: %s", image, runtime, missing)
            continue
        architecture = PLATFORMS.get(details.get("Architecture"))
        # With LAMBDA_IGNORE_ARCHITECTURE the platform is None; the image is then known by either name.
        executor.PULLED_IMAGES.add((image, None))
        if architecture:
            executor.PULLED_IMAGES.add((image, executor.docker_platform(architecture)))
        LOG.info("image %s is used as it is", image)
