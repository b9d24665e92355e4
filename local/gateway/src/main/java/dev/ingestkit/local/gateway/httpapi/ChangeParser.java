package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Action;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.ResponseChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the parameter mappings of requests and answers. Stateless. */
final class ChangeParser {

    private static final String HEADER = "header.";
    private static final String QUERY = "querystring.";
    /** The headers that API Gateway does not let a mapping change, besides those with a reserved prefix. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-location",
            "forwarded",
            "keep-alive",
            "origin",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailers",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    private static final List<String> RESERVED_PREFIXES = List.of("access-control-", "apigw-", "x-amz-", "x-amzn-");

    private ChangeParser() {}

    /** Returns the changes of requests, in the document's order. */
    static List<RequestChange> requests(Located at) {
        List<RequestChange> changes = new ArrayList<>();
        at.fields().forEach((key, value) -> changes.add(request(key, value)));
        return changes;
    }

    /** Returns the changes of answers by the status that they are for. */
    static Map<String, List<ResponseChange>> responses(Located at) {
        Map<String, List<ResponseChange>> responses = new LinkedHashMap<>();
        at.fields().forEach((status, changes) -> {
            List<ResponseChange> all = new ArrayList<>();
            changes.fields().forEach((key, value) -> all.add(response(key, value)));
            responses.put(status, List.copyOf(all));
        });
        return responses;
    }

    private static RequestChange request(String key, Located at) {
        Optional<Action> action = action(key);
        String part = part(key);
        HttpValue value = HttpValue.of(at.text().orElse(""));
        if (action.isPresent() && named(part, HEADER)) {
            return new RequestChange(action.get(), RequestChange.Part.HEADER, header(part, at), value);
        }
        if (action.isPresent() && named(part, QUERY)) {
            String name = part.substring(QUERY.length());
            return new RequestChange(action.get(), RequestChange.Part.QUERYSTRING, name, value);
        }
        if (part.equals("path") && action.filter(Action.OVERWRITE::equals).isPresent()) {
            return new RequestChange(Action.OVERWRITE, RequestChange.Part.PATH, "", HttpValue.of(at.requiredText()));
        }
        throw at.problem("is not a mapping of a request: " + key + "; use append:header.NAME, overwrite:header.NAME,"
                + " remove:header.NAME, the same with querystring.NAME, or overwrite:path");
    }

    private static ResponseChange response(String key, Located at) {
        Optional<Action> action = action(key);
        String part = part(key);
        if (action.isPresent() && named(part, HEADER)) {
            HttpValue value = HttpValue.of(at.text().orElse(""));
            return new ResponseChange(action.get(), header(part, at), value);
        }
        if (part.equalsIgnoreCase("statuscode")
                && action.filter(Action.OVERWRITE::equals).isPresent()) {
            return new ResponseChange(Action.OVERWRITE, "", HttpValue.of(at.requiredText()));
        }
        throw at.problem("is not a mapping of a response: " + key
                + "; use append:header.NAME, overwrite:header.NAME, remove:header.NAME or overwrite:statuscode");
    }

    private static Optional<Action> action(String key) {
        String name = key.substring(0, Math.max(0, key.indexOf(':'))).toUpperCase(Locale.ROOT);
        for (Action action : Action.values()) {
            if (action.name().equals(name)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    private static String part(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    private static boolean named(String part, String prefix) {
        return part.startsWith(prefix) && part.length() > prefix.length();
    }

    private static String header(String part, Located at) {
        String name = part.substring(HEADER.length());
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lowerCase) || RESERVED_PREFIXES.stream().anyMatch(lowerCase::startsWith)) {
            throw at.problem("maps the header " + name + ", which API Gateway reserves; remove the mapping");
        }
        return name;
    }
}
