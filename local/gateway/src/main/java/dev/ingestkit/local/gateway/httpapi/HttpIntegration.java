package dev.ingestkit.local.gateway.httpapi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The back end of a route. Immutable.
 *
 * @param timeout the time that the back end may take; AWS's default is 30 s
 * @param requests the changes of the request before the back end receives it, in the document's order
 * @param responses the changes of the back end's answer, by the status that they are for
 */
public record HttpIntegration(
        Target target, Duration timeout, List<RequestChange> requests, Map<String, List<ResponseChange>> responses) {

    static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

    /** The kind of back end. */
    public sealed interface Target permits Function, Service, Url, NotRun {

        /** The kinds of back ends. */
        enum Kind {
            FUNCTION,
            SERVICE,
            URL,
            NOT_RUN
        }

        /** Returns the kind, for switches that cover every case. */
        Kind kind();
    }

    /** A function. */
    public record Function(String function, PayloadFormat format) implements Target {
        @Override
        public Kind kind() {
            return Kind.FUNCTION;
        }
    }

    /**
     * An action of an AWS service.
     *
     * @param subtype {@code Kinesis-PutRecord}
     * @param parameters the action's parameters by name
     */
    public record Service(ServiceSubtype subtype, Map<String, HttpValue> parameters) implements Target {
        public Service {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public Kind kind() {
            return Kind.SERVICE;
        }
    }

    /**
     * A server of this machine.
     *
     * @param address with the parameters of the route's path in braces
     * @param method the method of every call; {@code ANY} for the client's
     */
    public record Url(String address, String method) implements Target {
        @Override
        public Kind kind() {
            return Kind.URL;
        }

        /** Returns the method of a call. */
        public String methodFor(String clientsMethod) {
            return method.equals(HttpRoute.ANY) ? clientsMethod : method;
        }
    }

    /** A kind of back end that this runtime does not call; the route answers with the reason. */
    public record NotRun(String reason) implements Target {
        @Override
        public Kind kind() {
            return Kind.NOT_RUN;
        }
    }

    /** The form of a function's event and answer. */
    public enum PayloadFormat {
        V1,
        V2
    }

    /** The kind of change of an answer's part. */
    public enum Action {
        APPEND,
        OVERWRITE,
        REMOVE
    }

    /**
     * A change of the back end's answer.
     *
     * @param header the header's name; empty for the status
     */
    public record ResponseChange(Action action, String header, HttpValue value) {}

    public HttpIntegration {
        requireNonNull(target, "target");
        requireNonNull(timeout, "timeout");
        requests = List.copyOf(requests);
        responses = Map.copyOf(responses);
    }
}
