"""Deploys the stack once LocalStack is ready. If the deployment fails the container stops, so that `docker compose up
--wait` fails at once instead of waiting for a pipeline that never comes; the end of the log shows the reason."""

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
    # Stop the container's first process, which stops the servers beside LocalStack too; a moment later, so that the
    # lines above are printed.
    threading.Timer(1, os.kill, (1, signal.SIGTERM)).start()
    # LocalStack counts a script as failed only after an Exception, which SystemExit is not.
    raise RuntimeError(f"the stack is not deployed: {failed}") from failed
