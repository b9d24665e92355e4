package dev.ingestkit.testkit.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Passes an invocation to the object that a test has put in a function's place. Lambda's runtime creates handlers by their
 * class; this one finds its object at the class loader of its thread. Public, since Lambda's runtime creates it; for typed
 * events a class is derived from it that names the event's type.
 */
public class ReplacedHandler {

    private final Object handler;

    protected ReplacedHandler() {
        ReplacementLoader loader = (ReplacementLoader) Thread.currentThread().getContextClassLoader();
        this.handler = loader.replacement().handler();
    }

    /** Handles an event of the type that the derived class names. */
    @SuppressWarnings("unchecked") // The derived class names the type that the handler takes.
    public Object handleRequest(Object event, Context context) {
        return ((RequestHandler<Object, Object>) handler).handleRequest(event, context);
    }

    /** The counterpart for a handler of streams. */
    public static final class OfStreams extends ReplacedHandler implements RequestStreamHandler {

        /** Finds its handler. */
        public OfStreams() {}

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            ((RequestStreamHandler) super.handler).handleRequest(input, output, context);
        }
    }
}
