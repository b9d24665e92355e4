package dev.ingestkit.local.sqs;

import dev.ingestkit.local.protocol.ServiceException;

/** Creates SQS's errors: the JSON protocol's shape and, where it differs, the query protocol's code. */
final class SqsErrors {

    private static final String QUERY_PREFIX = "AWS.SimpleQueueService.";

    private SqsErrors() {}

    static ServiceException queueDoesNotExist() {
        return error("QueueDoesNotExist", QUERY_PREFIX + "NonExistentQueue", "The specified queue does not exist.")
                .withQueryText("The specified queue does not exist for this wsdl version.");
    }

    static ServiceException queueNameExists(String attribute) {
        return error(
                "QueueNameExists",
                "QueueAlreadyExists",
                "A queue already exists with the same name and a different value for attribute " + attribute);
    }

    static ServiceException queueDeletedRecently() {
        return prefixed(
                "QueueDeletedRecently",
                "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
    }

    static ServiceException purgeInProgress(String queue) {
        return new ServiceException(
                        "PurgeQueueInProgress",
                        403,
                        "Only one PurgeQueue operation on " + queue + " is allowed every 60 seconds.")
                .withQueryCode(QUERY_PREFIX + "PurgeQueueInProgress");
    }

    static ServiceException invalidValue(String parameter, String value, String reason) {
        return invalid("Value %s for parameter %s is invalid. Reason: %s".formatted(value, parameter, reason));
    }

    static ServiceException invalid(String message) {
        return error("InvalidParameterValueException", "InvalidParameterValue", message);
    }

    static ServiceException missing(String parameter) {
        return error(
                "MissingRequiredParameterException",
                "MissingParameter",
                "The request must contain the parameter " + parameter + ".");
    }

    static ServiceException invalidAttributeValue(String name) {
        return invalidAttributeValue(name, "");
    }

    static ServiceException queueTypeIsFixed() {
        return invalidAttributeValue("FifoQueue", " Reason: Modifying queue type is not supported.");
    }

    private static ServiceException invalidAttributeValue(String name, String reason) {
        return error(
                "InvalidAttributeValue",
                "InvalidAttributeValue",
                "Invalid value for the parameter " + name + "." + reason);
    }

    static ServiceException invalidAttributeName(String name) {
        return error("InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute " + name + ".");
    }

    static ServiceException twoKindsOfEncryption() {
        return error(
                "InvalidAttributeName",
                "InvalidAttributeName",
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS"
                        + " SSE.");
    }

    static ServiceException invalidContents() {
        return ServiceException.badRequest(
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to"
                        + " #xFFFD | #x10000 to #x10FFFF");
    }

    static ServiceException receiptHandleInvalid(String handle) {
        return ServiceException.badRequest(
                "ReceiptHandleIsInvalid", "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    static ServiceException notInFlight() {
        return prefixed("MessageNotInflight", "The message referred to is not in flight.");
    }

    static ServiceException overLimit() {
        return overLimit("Too many messages are in flight: at most 120000 may be.");
    }

    static ServiceException overLimit(String message) {
        return new ServiceException("OverLimit", 403, message).withQueryCode("OverLimit");
    }

    static ServiceException resourceNotFound(String parameter) {
        return new ServiceException(
                        "ResourceNotFoundException",
                        404,
                        "The resource that you specified for the " + parameter + " parameter doesn't exist.")
                .withQueryCode("ResourceNotFoundException");
    }

    static ServiceException unsupported(String message) {
        return prefixed("UnsupportedOperation", message);
    }

    /** Returns an error whose query code is the same name with SQS's prefix. */
    static ServiceException prefixed(String code, String message) {
        return error(code, QUERY_PREFIX + code, message);
    }

    private static ServiceException error(String code, String queryCode, String message) {
        return ServiceException.badRequest(code, message).withQueryCode(queryCode);
    }
}
