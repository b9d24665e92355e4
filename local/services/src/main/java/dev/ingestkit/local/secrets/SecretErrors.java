package dev.ingestkit.local.secrets;

import dev.ingestkit.local.protocol.ServiceException;

/** Creates Secrets Manager's errors, with AWS's codes and texts. */
final class SecretErrors {

    private SecretErrors() {}

    static ServiceException secretNotFound() {
        return notFound("Secrets Manager can't find the specified secret.");
    }

    static ServiceException notFound(String message) {
        return ServiceException.badRequest("ResourceNotFoundException", message);
    }

    static ServiceException exists(String message) {
        return ServiceException.badRequest("ResourceExistsException", message);
    }

    static ServiceException invalidParameter(String message) {
        return ServiceException.badRequest("InvalidParameterException", message);
    }

    static ServiceException invalidRequest(String message) {
        return ServiceException.badRequest("InvalidRequestException", message);
    }

    static ServiceException validation(String message) {
        return ServiceException.badRequest("ValidationException", message);
    }

    static ServiceException malformedPolicy() {
        return ServiceException.badRequest(
                "MalformedPolicyDocumentException", "This resource policy is malformed: it must be a JSON policy.");
    }

    static ServiceException functionNotInvokable() {
        return ServiceException.badRequest(
                "AccessDeniedException",
                "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants"
                        + " access to the principal secretsmanager.amazonaws.com.");
    }

    static ServiceException markedForDeletion() {
        return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
    }
}
