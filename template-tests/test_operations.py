"""Alarms and dashboard watch what is there."""

import json

from conftest import Stack, references, text

TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms"
# Namespace and metric of everything that has to wake somebody.
WATCHED = {
    ("AWS/Lambda", "IteratorAge", "Writer"),
    ("AWS/Lambda", "Errors", "Writer"),
    ("AWS/Lambda", "Throttles", "Writer"),
    ("AWS/Lambda", "Errors", "Authorizer"),
    ("AWS/Lambda", "Throttles", "Authorizer"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "DeadLetterQueue"),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage", "DeadLetterQueue"),
    ("AWS/Kinesis", "WriteProvisionedThroughputExceeded", "Stream"),
    ("AWS/ApiGateway", "5XXError", "AWS::StackName"),
}
DIMENSIONS = {
    "AWS/Lambda": {"FunctionName"},
    "AWS/SQS": {"QueueName"},
    "AWS/Kinesis": {"StreamName"},
    "AWS/ApiGateway": {"ApiName", "Stage"},
}


def alarms(stack):
    return {name: one["Properties"] for name, one in stack.of_type("AWS::CloudWatch::Alarm").items()}


def watched(alarm):
    first = next(references(alarm["Dimensions"][0]["Value"]))
    return alarm["Namespace"], alarm["MetricName"], first


def test_each_thing_to_watch_has_its_alarm(stack):
    found = [watched(alarm) for alarm in alarms(stack).values()]
    assert sorted(found) == sorted(WATCHED)


def test_each_alarm_s_dimensions_name_what_exists(stack):
    for name, alarm in alarms(stack).items():
        assert {one["Name"] for one in alarm["Dimensions"]} == DIMENSIONS[alarm["Namespace"]], name
        for dimension in alarm["Dimensions"]:
            for reference in references(dimension["Value"]):
                known = reference in stack.resources or reference in stack.parameters
                assert known or reference == "AWS::StackName", f"{name}: {reference}"


def test_the_api_s_name_is_the_one_its_alarm_watches(stack):
    (api,) = stack.of_type("AWS::ApiGateway::RestApi").values()
    assert api["Properties"]["Name"] == {"Ref": "AWS::StackName"}


def test_alarms_notify_the_topic_if_there_is_one(stack):
    assert all("AlarmActions" not in alarm for alarm in alarms(stack).values())
    for name, alarm in alarms(Stack({"AlarmTopicArn": TOPIC})).items():
        assert alarm["AlarmActions"] in ([{"Ref": "AlarmTopicArn"}], [TOPIC]), name


def test_silence_is_not_an_alarm(stack):
    for name, alarm in alarms(stack).items():
        assert alarm["TreatMissingData"] == "notBreaching", name
        assert alarm["AlarmDescription"].endswith("."), name


def test_dashboard_is_json_about_this_stack(stack):
    body = stack.properties("Dashboard")["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    assert len(widgets) >= 6
    shown = text(widgets)
    for namespace in DIMENSIONS:
        assert namespace in shown
    assert set(references({"Fn::Sub": body})) >= {"Stream", "Writer", "Authorizer", "DeadLetterQueue"}
