import answers


def handler(event, context):
    return answers.ok("echo of " + event["path"])
