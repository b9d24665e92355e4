package dev.ingestkit.contract;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.List;
import java.util.Map;

/** A Lambda function behind a REST API that answers with parts of its event. */
public final class RestApiFunction
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent event, Context context) {
        String who = String.valueOf(
                event.getRequestContext().getAuthorizer() == null
                        ? null
                        : event.getRequestContext().getAuthorizer().get("who"));
        return new APIGatewayProxyResponseEvent()
                .withStatusCode(201)
                .withHeaders(Map.of("x-stage", event.getRequestContext().getStage()))
                .withMultiValueHeaders(Map.of("Set-Cookie", List.of("a=1", "b=2")))
                .withBody(String.join(
                        " ",
                        event.getHttpMethod(),
                        event.getPath(),
                        String.valueOf(event.getMultiValueQueryStringParameters()),
                        String.valueOf(event.getPathParameters()),
                        String.valueOf(event.getBody()),
                        who));
    }
}
