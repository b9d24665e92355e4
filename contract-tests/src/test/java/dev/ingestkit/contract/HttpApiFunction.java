package dev.ingestkit.contract;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;

/** A Lambda function behind an HTTP API that answers with parts of its event. */
public final class HttpApiFunction implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(200)
                .withHeaders(Map.of("x-route", event.getRouteKey()))
                .withCookies(List.of("a=1", "b=2"))
                .withBody(String.join(
                        " ",
                        event.getRequestContext().getHttp().getMethod(),
                        event.getRawPath(),
                        event.getRawQueryString(),
                        String.valueOf(event.getCookies()),
                        String.valueOf(event.getPathParameters()),
                        String.valueOf(event.getBody())))
                .build();
    }
}
