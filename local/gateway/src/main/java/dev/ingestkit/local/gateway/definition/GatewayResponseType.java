package dev.ingestkit.local.gateway.definition;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The errors that the gateway itself returns, with AWS's defaults.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway response types</a>
 */
public enum GatewayResponseType {
    DEFAULT_4XX(400, "BadRequestException", null),
    DEFAULT_5XX(500, "InternalServerErrorException", null),
    ACCESS_DENIED(403, "AccessDeniedException", "User is not authorized to access this resource"),
    API_CONFIGURATION_ERROR(500, "InternalServerErrorException", "Internal server error"),
    AUTHORIZER_CONFIGURATION_ERROR(500, "AuthorizerConfigurationException", null),
    AUTHORIZER_FAILURE(500, "AuthorizerFailureException", null),
    BAD_REQUEST_BODY(400, "BadRequestException", "Invalid request body"),
    BAD_REQUEST_PARAMETERS(400, "BadRequestException", "Missing required request parameters"),
    EXPIRED_TOKEN(403, "ExpiredTokenException", "The security token included in the request is expired"),
    INTEGRATION_FAILURE(504, "InternalServerErrorException", "Network error communicating with endpoint"),
    INTEGRATION_TIMEOUT(504, "InternalServerErrorException", "Endpoint request timed out"),
    INVALID_API_KEY(403, "ForbiddenException", "Forbidden"),
    INVALID_SIGNATURE(403, "InvalidSignatureException", "The request signature we calculated does not match"),
    MISSING_AUTHENTICATION_TOKEN(403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
    QUOTA_EXCEEDED(429, "LimitExceededException", "Limit Exceeded"),
    REQUEST_TOO_LARGE(413, "RequestTooLargeException", "Request Too Long"),
    RESOURCE_NOT_FOUND(404, "NotFoundException", "Resource not found"),
    THROTTLED(429, "TooManyRequestsException", "Too Many Requests"),
    UNAUTHORIZED(401, "UnauthorizedException", "Unauthorized"),
    UNSUPPORTED_MEDIA_TYPE(415, "BadRequestException", "Unsupported Media Type"),
    WAF_FILTERED(403, "ForbiddenException", "Forbidden");

    private final int status;
    private final String errorType;
    private final @Nullable String message;

    GatewayResponseType(int status, String errorType, @Nullable String message) {
        this.status = status;
        this.errorType = errorType;
        this.message = message;
    }

    public int status() {
        return status;
    }

    /** Returns the value of {@code x-amzn-ErrorType}. */
    public String errorType() {
        return errorType;
    }

    /** Returns the message, if AWS has one: an authorizer's failure reveals nothing to the client. */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    /** Returns the type whose settings apply where this one has none. */
    public GatewayResponseType fallback() {
        return status < 500 ? DEFAULT_4XX : DEFAULT_5XX;
    }

    /** Returns the type of this name in any case: SAM's examples write {@code DEFAULT_4xx}. */
    static Optional<GatewayResponseType> named(String name) {
        for (GatewayResponseType type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
