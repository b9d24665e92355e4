package dev.ingestkit.local.s3;

import dev.ingestkit.local.protocol.ServiceException;

/** Creates S3's errors, with AWS's codes and texts. */
final class S3Errors {

    private S3Errors() {}

    static ServiceException noSuchBucket() {
        return new ServiceException("NoSuchBucket", 404, "The specified bucket does not exist");
    }

    static ServiceException noSuchKey() {
        return new ServiceException("NoSuchKey", 404, "The specified key does not exist.");
    }

    static ServiceException invalidBucketName() {
        return ServiceException.badRequest("InvalidBucketName", "The specified bucket is not valid.");
    }

    static ServiceException invalidLocation() {
        return ServiceException.badRequest(
                "InvalidLocationConstraint", "The specified location-constraint is not valid");
    }

    static ServiceException invalidStorageClass() {
        return ServiceException.badRequest("InvalidStorageClass", "The storage class you specified is not valid");
    }

    static ServiceException bucketAlreadyOwned() {
        return new ServiceException(
                "BucketAlreadyOwnedByYou",
                409,
                "Your previous request to create the named bucket succeeded and you already own it.");
    }

    static ServiceException bucketNotEmpty() {
        return new ServiceException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
    }

    static ServiceException keyTooLong() {
        return ServiceException.badRequest("KeyTooLongError", "Your key is too long");
    }

    static ServiceException invalidArgument(String message) {
        return ServiceException.badRequest("InvalidArgument", message);
    }

    static ServiceException badDigest(String name) {
        return ServiceException.badRequest(
                "BadDigest", "The %s you specified did not match what we received.".formatted(name));
    }

    static ServiceException incompleteBody(String what) {
        return ServiceException.badRequest(
                "IncompleteBody", "The request body is not complete aws-chunked content: " + what);
    }

    static ServiceException preconditionFailed(String header) {
        return new ServiceException(
                "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold: " + header);
    }

    static ServiceException invalidRange() {
        return new ServiceException("InvalidRange", 416, "The requested range is not satisfiable");
    }

    static ServiceException storageFull(long bytes) {
        return new ServiceException(
                "ServiceUnavailable",
                503,
                "The embedded runtime keeps at most %d bytes of objects; delete some first.".formatted(bytes));
    }

    /** Returns the error for an S3 call that this runtime does not support. */
    static ServiceException notImplemented(String what) {
        return ServiceException.notImplemented("S3", what);
    }
}
