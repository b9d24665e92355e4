package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ErrorTemplate;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.gateway.expression.RequestValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API's settings for one of the gateway's own errors. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway response types</a>
 */
public record GatewayResponse(
        @Nullable Integer status, Map<String, ParameterSource> headers, Map<String, ErrorTemplate> templates) {

    public static final GatewayResponse DEFAULT = new GatewayResponse(null, Map.of(), Map.of());

    private static final String HEADER = "gatewayresponse.header.";

    static GatewayResponse parse(Located at) {
        Integer status = at.get("statusCode").integer().orElse(null);
        if (status != null && (status < 100 || status > 599)) {
            throw at.get("statusCode").problem("must be 100 to 599, found " + status);
        }
        Map<String, ParameterSource> headers = new LinkedHashMap<>();
        at.get("responseParameters").fields().forEach((name, source) -> {
            if (!name.startsWith(HEADER)) {
                throw source.problem("must start with " + HEADER + ": a gateway response sets headers only");
            }
            headers.put(name.substring(HEADER.length()), ParameterSource.parse(source));
        });
        Map<String, ErrorTemplate> templates = new LinkedHashMap<>();
        at.get("responseTemplates")
                .fields()
                .forEach((type, template) -> templates.put(MediaTypes.bare(type), ErrorTemplate.parse(template)));
        return new GatewayResponse(status, headers, templates);
    }

    /** Returns the media type to answer in: the requested one, else JSON, else the first one. */
    public Optional<String> mediaType(RequestValues request) {
        return MediaTypes.choose(templates.keySet(), request.headers().last().get("Accept"));
    }
}
