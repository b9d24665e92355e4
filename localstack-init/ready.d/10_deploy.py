"""Deploys the stack once LocalStack is ready. If that fails the container ends, so that `docker compose up --wait` fails
at once instead of waiting for a pipeline that will never be there; why it failed stands last in the log."""

import os
import runpy
import signal
import threading
import traceback

try:
    runpy.run_path("/kit/localstack-init/deploy.py", run_name="__main__")
except BaseException as failed:
    print(f"localstack-init/deploy.py failed: {failed}", flush=True)
    if not isinstance(failed, SystemExit):
        traceback.print_exc()
    # By the container's first process, which ends the servers beside LocalStack too. A moment later, so that the lines
    # above are out.
    threading.Timer(1, os.kill, (1, signal.SIGTERM)).start()
    # LocalStack counts a script as failed by an Exception only; SystemExit is none.
    raise RuntimeError(f"the stack is not deployed: {failed}") from failed
