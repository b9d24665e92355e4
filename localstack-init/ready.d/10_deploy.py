"""Deploys the stack once LocalStack is ready. A failure here makes the container unhealthy."""

import runpy

runpy.run_path("/kit/localstack-init/deploy.py", run_name="__main__")
