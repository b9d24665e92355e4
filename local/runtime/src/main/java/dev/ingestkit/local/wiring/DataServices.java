package dev.ingestkit.local.wiring;

import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.Map;

/** The services that hold data: those of this process, or those of an endpoint that the runtime is attached to. */
sealed interface DataServices extends AutoCloseable permits Services, AttachedServices {

    /** Those that are served on this port. */
    List<AwsService> all();

    /** Those of them that are REST APIs, by their names in a credential scope. */
    Map<String, HttpHandler> rest();

    /** What answers on the port, given what answers all that these services do not. */
    HttpHandler before(HttpHandler others, OriginRule origins);

    /** A gateway whose integrations call these services, with nothing deployed yet. */
    Gateway gateway(FunctionRuntime functions);

    /** Mappings from these streams, with these queues as destinations. */
    Mappings mappings(FunctionRuntime functions);

    /** Makes the stack's streams, queues, buckets and secrets, or sees that they are there. */
    void create(Stack stack);

    /** Makes the stack's tables, or leaves those that are there. */
    void createTables(Stack stack);

    /** Begins the rotation of the stack's secrets; their functions are there. */
    void rotate(Stack stack);

    List<QueueDepth> queueCounts();

    @Override
    void close();
}
