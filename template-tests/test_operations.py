"""Alarms and dashboard watch resources that exist."""

import json

from conftest import ROOT, Stack, references, text

TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms"
# Namespace and metric of every condition that has to wake somebody.
WATCHED = {
    ("AWS/Lambda", "IteratorAge", "Writer"),
    ("AWS/Lambda", "Errors", "Writer"),
    ("AWS/Lambda", "Throttles", "Writer"),
    ("AWS/Lambda", "Throttles", "Authorizer"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "DeadLetterQueue"),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage", "DeadLetterQueue"),
    ("AWS/Kinesis", "WriteProvisionedThroughputExceeded", "Stream"),
    ("AWS/ApiGateway", "5XXError", "AWS::StackName"),
    ("AWS::StackName", "AuthorizerFailures", None),
    ("AWS::StackName", "AuthorizerRefusals", None),
}
DIMENSIONS = {
    "AWS/Lambda": {"FunctionName"},
    "AWS/SQS": {"QueueName"},
    "AWS/Kinesis": {"StreamName"},
    "AWS/ApiGateway": {"ApiName", "Stage"},
}


def alarms(stack):
    return {name: one["Properties"] for name, one in stack.of_type("AWS::CloudWatch::Alarm").items()}


def namespace(alarm):
    value = alarm["Namespace"]
    return value["Ref"] if isinstance(value, dict) else value


def watched(alarm):
    dimensions = alarm.get("Dimensions")
    first = next(references(dimensions[0]["Value"])) if dimensions else None
    return namespace(alarm), alarm["MetricName"], first


def test_each_condition_has_its_alarm(stack):
    assert {watched(alarm) for alarm in alarms(stack).values()} == WATCHED
    assert len(alarms(stack)) == len(WATCHED)


def test_each_alarm_s_dimensions_name_existing_resources(stack):
    for name, alarm in alarms(stack).items():
        dimensions = alarm.get("Dimensions", [])
        assert {one["Name"] for one in dimensions} == DIMENSIONS.get(namespace(alarm), set()), name
        for dimension in dimensions:
            for reference in references(dimension["Value"]):
                known = reference in stack.resources or reference in stack.parameters
                assert known or reference == "AWS::StackName", f"{name}: {reference}"


def test_each_metric_of_our_own_is_counted_by_a_filter_on_a_log_that_exists(stack):
    counted = {}
    for name, one in stack.of_type("AWS::Logs::MetricFilter").items():
        assert one["Properties"]["LogGroupName"]["Ref"] in stack.resources, name
        for transformation in one["Properties"]["MetricTransformations"]:
            counted[transformation["MetricNamespace"]["Ref"], transformation["MetricName"]] = one["Properties"]["FilterPattern"]
    ours = {watched(alarm)[:2] for alarm in alarms(stack).values() if isinstance(alarm["Namespace"], dict)}
    assert set(counted) == ours


def test_a_wrong_password_does_not_count_as_a_failure_of_the_authorizer(stack):
    # AuthorizerLog writes these names of events.
    failures = stack.properties("AuthorizerFailures")["FilterPattern"]
    refusals = stack.properties("AuthorizerRefusals")["FilterPattern"]
    source = (ROOT / "handlers/src/main/java/dev/ingestkit/handlers/authorizer/AuthorizerLog.java").read_text()
    for pattern, event in ((failures, "failed"), (refusals, "refused")):
        assert f'$.event = "{event}"' in pattern
        assert f', "{event}", ' in source, event
    assert "refused" not in failures
    assert ("AWS/Lambda", "Errors", "Authorizer") not in {watched(alarm) for alarm in alarms(stack).values()}


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


def test_access_logs_wait_for_the_account_s_role():
    # A stage with access logs cannot be created in a fresh account before the account has a role for them.
    both = Stack({"AccessLogs": "true", "ManageApiGatewayAccount": "true"})
    assert "ApiGatewayAccount" in set(references(both.resources["AccessLogGroup"]))
    (stage,) = both.of_type("AWS::ApiGateway::Stage").values()
    assert "AccessLogGroup" in set(references(stage["Properties"]["AccessLogSetting"]))
    alone = Stack({"AccessLogs": "true"})
    assert "ApiGatewayAccount" not in set(references(alone.resources["AccessLogGroup"]))


def test_access_log_is_one_line_of_json_without_header_or_body():
    (stage,) = Stack({"AccessLogs": "true"}).of_type("AWS::ApiGateway::Stage").values()
    line = stage["Properties"]["AccessLogSetting"]["Format"]
    assert "\n" not in line
    fields = json.loads(line)
    assert fields["requestId"] == "$context.requestId"
    assert not [value for value in fields.values() if "header" in value or "$input" in value]


def test_stage_throttles_and_counts(stack):
    (stage,) = stack.of_type("AWS::ApiGateway::Stage").values()
    (settings,) = stage["Properties"]["MethodSettings"]
    assert settings["ThrottlingRateLimit"] in ({"Ref": "ThrottleRate"}, 1000)
    assert settings["ThrottlingBurstLimit"] in ({"Ref": "ThrottleBurst"}, 500)
    assert settings["MetricsEnabled"] is True
    assert "DataTraceEnabled" not in settings, "it would log payloads"
