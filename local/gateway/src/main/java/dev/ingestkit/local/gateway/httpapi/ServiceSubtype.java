package dev.ingestkit.local.gateway.httpapi;

import java.util.List;
import java.util.Optional;

/**
 * The actions of AWS services that HTTP APIs call directly and this runtime executes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html">Integration
 *     subtype reference</a>
 */
public enum ServiceSubtype {
    EVENTBRIDGE_PUT_EVENTS("EventBridge-PutEvents", "events", "PutEvents", "Detail", "DetailType", "Source"),
    KINESIS_PUT_RECORD("Kinesis-PutRecord", "kinesis", "PutRecord", "StreamName", "Data", "PartitionKey"),
    SQS_SEND_MESSAGE("SQS-SendMessage", "sqs", "SendMessage", "QueueUrl", "MessageBody"),
    SQS_RECEIVE_MESSAGE("SQS-ReceiveMessage", "sqs", "ReceiveMessage", "QueueUrl"),
    SQS_DELETE_MESSAGE("SQS-DeleteMessage", "sqs", "DeleteMessage", "QueueUrl", "ReceiptHandle"),
    SQS_PURGE_QUEUE("SQS-PurgeQueue", "sqs", "PurgeQueue", "QueueUrl");

    private final String text;
    private final String service;
    private final String action;
    /** Text, since an enum holds nothing that could change. */
    private final String required;

    ServiceSubtype(String text, String service, String action, String... required) {
        this.text = text;
        this.service = service;
        this.action = action;
        this.required = String.join(" ", required);
    }

    static Optional<ServiceSubtype> named(String text) {
        for (ServiceSubtype subtype : values()) {
            if (subtype.text.equals(text)) {
                return Optional.of(subtype);
            }
        }
        return Optional.empty();
    }

    public String text() {
        return text;
    }

    public String service() {
        return service;
    }

    public String action() {
        return action;
    }

    List<String> required() {
        return List.of(required.split(" "));
    }
}
