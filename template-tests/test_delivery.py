"""No event is lost: the mapping, the queue and the API in SAM's output."""


def mapping(stack):
    (only,) = stack.of_type("AWS::Lambda::EventSourceMapping").values()
    return only["Properties"]


def body(stack):
    (only,) = stack.of_type("AWS::ApiGateway::RestApi").values()
    return only["Properties"]["Body"]


def integration(stack):
    return body(stack)["paths"]["/submit/{streamName}/{eventId}"]["post"]["x-amazon-apigateway-integration"]


def test_mapping_reads_the_stream_from_its_beginning(stack):
    assert mapping(stack)["EventSourceArn"] == {"Fn::GetAtt": ["Stream", "Arn"]}
    assert mapping(stack)["StartingPosition"] == "TRIM_HORIZON"


def test_mapping_notifies_the_queue_of_records_that_it_gives_up(stack):
    destination = mapping(stack)["DestinationConfig"]["OnFailure"]["Destination"]
    assert destination == {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}


def test_mapping_narrows_a_failure_down_to_its_record(stack):
    assert mapping(stack)["BisectBatchOnFunctionError"] is True
    assert mapping(stack)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_mapping_gives_up_before_the_stream_s_retention_ends(stack):
    retention = stack.template["Parameters"]["RetentionHours"]["MinValue"] * 3600
    assert mapping(stack)["MaximumRecordAgeInSeconds"] == {"Ref": "RecordAgeSeconds"}
    assert stack.template["Parameters"]["RecordAgeSeconds"]["Default"] < retention
    assert mapping(stack)["MaximumRetryAttempts"] == {"Ref": "RetryAttempts"}
    assert stack.template["Parameters"]["RetryAttempts"]["MinValue"] >= 0, "-1 retries for ever"


def test_no_function_has_a_dead_letter_queue_of_its_own(stack):
    # Such a queue works for asynchronous invocations only: a stream's records would never reach it.
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        assert "DeadLetterConfig" not in function["Properties"], name


def test_queue_keeps_messages_as_long_as_sqs_can(stack):
    assert stack.properties("DeadLetterQueue")["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_no_failed_put_is_answered_200(stack):
    responses = integration(stack)["responses"]
    successes = [pattern for pattern, one in responses.items() if one["statusCode"].startswith("2")]
    assert successes == ["200"]
    assert responses["default"]["statusCode"] == "502"
    assert responses["4\\d{2}"]["statusCode"] == "400"


def test_put_accepts_json_only_and_times_out_within_gateway_s_limit(stack):
    assert integration(stack)["passthroughBehavior"] == "never"
    assert list(integration(stack)["requestTemplates"]) == ["application/json"]
    assert integration(stack)["timeoutInMillis"] <= 29000


def test_every_path_requires_credentials_and_challenges_the_client(stack):
    for path, methods in body(stack)["paths"].items():
        for verb, method in methods.items():
            assert method.get("security") == [{"Basic": []}], f"{verb} {path}"
    scheme = body(stack)["components"]["securitySchemes"]["Basic"]
    assert scheme["x-amazon-apigateway-authorizer"]["identitySource"] == "method.request.header.Authorization"
    challenge = body(stack)["x-amazon-apigateway-gateway-responses"]["UNAUTHORIZED"]["responseParameters"]
    assert challenge["gatewayresponse.header.WWW-Authenticate"].startswith("'Basic realm=")


def test_writer_has_more_time_than_the_queue_hides_a_message_from_a_reader(stack):
    assert stack.properties("DeadLetterQueue")["VisibilityTimeout"] >= stack.properties("Writer")["Timeout"]
