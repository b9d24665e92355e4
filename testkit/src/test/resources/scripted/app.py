import base64
import json


def handle(event, context):
    for record in event["Records"]:
        order = json.loads(base64.b64decode(record["kinesis"]["data"]))
        if order["total"] < 0:
            raise ValueError("a negative total")
