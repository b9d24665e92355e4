package dev.ingestkit.local.gateway;

import dev.ingestkit.local.http.HttpRequest;
import java.util.Optional;

/**
 * The API, the stage and the path that a request names. Four forms: {@code /_aws/execute-api/{api}/{stage}/…}, {@code
 * /restapis/{api}/{stage}/_user_request_/…}, {@code /{stage}/…} on a host {@code {api}.execute-api.…}, and plain {@code
 * /{stage}/…}, which names no API.
 *
 * @param api empty for the plain form
 * @param stage empty if the path has no step
 * @param path the path after the stage, still percent-encoded, starting with a slash
 * @param rest the path after the API, for a stage that is served without its name
 */
record GatewayAddress(String api, String stage, String path, String rest) {

    private static final String EXECUTE = "/_aws/execute-api/";
    private static final String REST_APIS = "/restapis/";
    private static final String USER_REQUEST = "/_user_request_";
    private static final String HOST = ".execute-api.";

    static Optional<GatewayAddress> of(HttpRequest request) {
        String path = request.rawPath();
        if (path.startsWith(EXECUTE)) {
            return apiThenStage(path.substring(EXECUTE.length()));
        }
        if (path.startsWith(REST_APIS) && path.contains(USER_REQUEST)) {
            return apiThenStage(path.substring(REST_APIS.length())).flatMap(GatewayAddress::userRequest);
        }
        String host = request.header("host").orElse("");
        int dot = host.indexOf(HOST);
        String api = dot > 0 ? host.substring(0, dot) : "";
        return stageThenPath(api, path).filter(address -> address.explicit() || !address.stage.isEmpty());
    }

    /** Returns whether the request names an API itself, and not only a stage. */
    boolean explicit() {
        return !api.isEmpty();
    }

    /** AWS takes any number of slashes before the stage. */
    private static int slashes(String path) {
        int count = 0;
        while (count < path.length() && path.charAt(count) == '/') {
            count++;
        }
        return count;
    }

    private static Optional<GatewayAddress> apiThenStage(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return rest.isEmpty() ? Optional.empty() : stageThenPath(rest, "/");
        }
        return slash == 0 ? Optional.empty() : stageThenPath(rest.substring(0, slash), rest.substring(slash));
    }

    private static Optional<GatewayAddress> stageThenPath(String api, String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return Optional.empty();
        }
        String rest = path.substring(slashes(path) - 1);
        int slash = rest.indexOf('/', 1);
        String stage = slash < 0 ? rest.substring(1) : rest.substring(1, slash);
        return Optional.of(new GatewayAddress(api, stage, slash < 0 ? "/" : rest.substring(slash), rest));
    }

    private static Optional<GatewayAddress> userRequest(GatewayAddress address) {
        if (!address.path.startsWith(USER_REQUEST)) {
            return Optional.empty();
        }
        String after = address.path.substring(USER_REQUEST.length());
        String path = after.isEmpty() ? "/" : after;
        return Optional.of(new GatewayAddress(address.api, address.stage, path, "/" + address.stage + path));
    }
}
