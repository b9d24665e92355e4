"""Runs a Python handler through Lambda's runtime API, one invocation after another."""

import decimal
import http.client
import importlib
import json
import logging
import os
import re
import sys
import threading
import time
import traceback

ROOT = "/2018-06-01/runtime/"


def stop_with_the_runtime():
    """Exits when the runtime has gone: it holds the other end of standard input."""
    own_input = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait():
        while os.read(own_input, 1):
            pass
        os._exit(0)

    threading.Thread(target=wait, name="runtime watch", daemon=True).start()


class Fault(Exception):
    """An error that Lambda itself reports, with a type of its own."""

    def __init__(self, kind, message, stack=None):
        super().__init__(message)
        self.kind = kind
        self.stack = stack or []


class Fields:
    """An object with the given members, None for those that are missing."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, vars(self))


class CognitoIdentity(Fields):
    def __init__(self, values):
        names = {"cognito_identity_id": "cognitoIdentityId", "cognito_identity_pool_id": "cognitoIdentityPoolId"}
        super().__init__(names, {name: values.get(key) for name, key in names.items()})


class Client(Fields):
    NAMES = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")

    def __init__(self, values):
        super().__init__(self.NAMES, values)


class ClientContext(Fields):
    def __init__(self, values):
        super().__init__(("custom", "env"), values)
        client = values.get("client")
        self.client = None if client is None else Client(client)


class LambdaContext:
    """What Lambda passes as a handler's second argument."""

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.client_context = parsed(headers, "Lambda-Runtime-Client-Context", "Client Context", ClientContext)
        identity = parsed(headers, "Lambda-Runtime-Cognito-Identity", "Cognito Identity", CognitoIdentity)
        self.identity = CognitoIdentity({}) if identity is None else identity
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        return "LambdaContext(%s)" % vars(self)


def parsed(headers, name, title, make):
    text = headers.get(name)
    if not text:
        return None
    try:
        return make(json.loads(text))
    except ValueError as malformed:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (title, malformed))


def plain(value):
    """Returns a value as Lambda's JSON library reads it: a named tuple is an object, bytes are text."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {plain(key) if isinstance(key, bytes) else key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        members = getattr(value, "_asdict", None)
        return plain(members()) if callable(members) else [plain(member) for member in value]
    return value


class Answers:
    """Writes what handlers return as JSON; a Decimal keeps its digits."""

    def __init__(self):
        mark = "decimal:" + os.urandom(8).hex() + ":"
        self.mark = mark
        self.marked = re.compile('"' + mark + '([^"]*)"')
        # Since Python 3.12 Lambda leaves other letters than ASCII as they are.
        minor = re.fullmatch(r"AWS_Lambda_python3\.(\d+)", os.environ.get("AWS_EXECUTION_ENV", ""))
        self.ascii_only = bool(minor) and int(minor.group(1)) < 12

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            return float("nan") if value.is_nan() else self.mark + str(value)
        raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)

    def write(self, answer):
        if isinstance(answer, bytes):
            return answer
        try:
            try:
                answer = plain(answer)
            except RecursionError:
                pass  # json says of what kind the recursion is
            text = json.dumps(answer, ensure_ascii=self.ascii_only, default=self.default)
        except Exception as unfit:
            raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % unfit)
        return self.marked.sub(r"\1", text).encode("utf-8", "surrogatepass")


LOGS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


def json_line(members):
    return json.dumps(members, ensure_ascii=False, default=str)


class JsonLines(logging.Formatter):
    """Writes a record as Lambda's JSON object; further attributes of the record become members."""

    OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}

    def format(self, record):
        level = logging.getLevelName(min(50, max(0, record.levelno)) // 10 * 10)
        whole = isinstance(record.msg, dict) and not record.args
        members = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": level,
            "message": record.msg if whole else record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, failed, trace = record.exc_info
            members["stackTrace"] = traceback.format_tb(trace)
            members["errorType"] = kind and kind.__name__
            members["errorMessage"] = str(failed)
        members["requestId"] = record.aws_request_id
        if record.exc_info:
            members["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
        for name, value in vars(record).items():
            if name not in self.OWN:
                members.setdefault(name, value)
        return json_line({name: value for name, value in members.items() if value is not None})


class Logs(logging.Handler):
    """The handler of the root logger: Lambda's format, with the id of the current request."""

    request_id = ""

    def __init__(self):
        super().__init__()
        text = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )
        text.converter = time.gmtime
        self.setFormatter(JsonLines() if LOGS_JSON else text)

    def emit(self, record):
        record.aws_request_id = Logs.request_id
        sys.stdout.write(self.format(record) + "\n")


def find_handler(name):
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise Fault(
            "Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as failed:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, failed))
    except SyntaxError as wrong:
        at = '  File "%s" Line %s\n    %s' % (wrong.filename, wrong.lineno, wrong.text)
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, wrong), [at])
    if not hasattr(module, function):
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module_name))
    return getattr(module, function)


def describe(failed):
    """Returns an exception as Lambda's error object, without the frames of this program."""
    if isinstance(failed, Fault):
        kind, message, stack = failed.kind, str(failed), failed.stack
    else:
        frames = traceback.extract_tb(failed.__traceback__)
        while frames and frames[0].filename == __file__:
            del frames[0]
        # As tuples, which have no columns: Lambda marks no part of a line.
        lines = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames]
        kind, message, stack = type(failed).__name__, str(failed), traceback.format_list(lines)
    return {"errorMessage": message, "errorType": kind, "requestId": Logs.request_id, "stackTrace": stack}


def log_error(error):
    if LOGS_JSON:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        sys.stdout.write(json_line({"timestamp": now, "level": "ERROR", **error}) + "\n")
        return
    title = ": ".join(text for text in (error["errorType"], error["errorMessage"]) if text)
    lines = ["[ERROR] " + title, "Traceback (most recent call last):"]
    for entry in error["stackTrace"]:
        for line in entry.splitlines():
            # Lambda indents by spaces that no console collapses.
            code = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(code)) + code)
    sys.stdout.write("\n".join(lines) + "\n")


class RuntimeApi:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)
        # Whether no invocation is being processed.
        self.idle = True

    def call(self, method, path, body=None):
        self.connection.request(method, ROOT + path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        return response, response.read()

    def next(self):
        try:
            answer = self.call("GET", "invocation/next")
        except (OSError, http.client.HTTPException):
            os._exit(0)
        self.idle = False
        return answer

    def post(self, path, body):
        """Posts after the end of the request's output, which the runtime waits for."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os.write(1, ("\0%s\n" % Logs.request_id).encode())
        self.idle = True
        self.call("POST", path, body)

    def post_error(self, path, error):
        log_error(error)
        self.post(path, json.dumps(error).encode())


def invoke(handler, api, answers, headers, body):
    try:
        context = LambdaContext(headers)
        try:
            event = json.loads(body)
        except ValueError as malformed:
            raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % malformed)
        answer = answers.write(handler(event, context))
    except Exception as failed:
        api.post_error("invocation/%s/error" % Logs.request_id, describe(failed))
    else:
        api.post("invocation/%s/response" % Logs.request_id, answer)


def search_path():
    """Puts the function's code first and its layers next, as on Lambda; this program's folder is left out."""
    own = os.path.dirname(os.path.abspath(__file__))
    others = [path for path in sys.path if os.path.abspath(path) != own]
    sys.path[:] = [os.environ["LAMBDA_TASK_ROOT"]] + others


def main():
    stop_with_the_runtime()
    search_path()
    logs = logging.getLogger()
    logs.addHandler(Logs())
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper().replace("TRACE", "DEBUG")
    if level in ("DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL"):
        logs.setLevel(level)
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as failed:
        api.post_error("init/error", describe(failed))
        sys.exit(1)
    try:
        serve(api, handler)
    except KeyboardInterrupt:
        # Ctrl-C in a terminal reaches this process, too.
        if api.idle:
            os._exit(0)
        raise


def serve(api, handler):
    answers = Answers()
    while True:
        response, body = api.next()
        Logs.request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = response.headers.get("Lambda-Runtime-Trace-Id", "")
        invoke(handler, api, answers, response.headers, body)


main()
