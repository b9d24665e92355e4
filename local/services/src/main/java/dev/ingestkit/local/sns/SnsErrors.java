package dev.ingestkit.local.sns;

import dev.ingestkit.local.protocol.ServiceException;

/** Creates SNS's errors, with AWS's codes and texts. */
final class SnsErrors {

    private SnsErrors() {}

    static ServiceException noTopic() {
        return new ServiceException("NotFound", 404, "Topic does not exist");
    }

    static ServiceException noSubscription() {
        return new ServiceException("NotFound", 404, "Subscription does not exist");
    }

    static ServiceException noResource() {
        return new ServiceException("ResourceNotFound", 404, "Resource does not exist");
    }

    static ServiceException invalid(String reason) {
        return ServiceException.badRequest("InvalidParameter", "Invalid parameter: " + reason);
    }

    static ServiceException missing(String member) {
        return ServiceException.badRequest(
                "ValidationError",
                ("1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be"
                                + " null")
                        .formatted(Character.toLowerCase(member.charAt(0)) + member.substring(1)));
    }
}
