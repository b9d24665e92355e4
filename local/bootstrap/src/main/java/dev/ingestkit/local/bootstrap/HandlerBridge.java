package dev.ingestkit.local.bootstrap;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.LambdaEnvironment;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.UserFault;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.logging.LogSink;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.DtoSerializers;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.converters.LambdaErrorConverter;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.ErrorRequest;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOError;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler through Lambda's own runtime interface client, which finds the method, reads the event and writes
 * the answer as on Lambda. Its interface uses JDK types only, since its caller is in another class loader.
 *
 * <p>As a {@link Supplier} it returns the result of loading, {@code {error object or null}}. As a {@link Function} it
 * invokes: {@code {request id, trace header, function ARN, deadline in epoch milliseconds, event}} becomes {@code
 * {SUCCEEDED | FAILED | FATAL, bytes}}.
 */
public final class HandlerBridge implements Supplier<@Nullable Object[]>, Function<Object[], Object[]> {

    private final LambdaContextLogger logger;
    private final @Nullable LambdaRequestHandler handler;
    private final byte @Nullable [] initError;

    /**
     * Loads the handler; a failure of the handler's class is kept for {@link #get()}.
     *
     * @param handler as in the function's configuration: {@code package.Class} or {@code package.Class::method}
     * @param log receives each message of the context's logger
     * @throws ReflectiveOperationException if the runtime interface client is not the expected version
     */
    public HandlerBridge(String handler, Consumer<byte[]> log) throws ReflectiveOperationException {
        ClassLoader loader = HandlerBridge.class.getClassLoader();
        this.logger = logger(log);
        // The client's serializers take the event classes from this field, which its own main method sets.
        set(AWSLambda.class, "customerClassLoader", loader);
        set(LambdaRuntime.class, "logger", logger);
        @Nullable LambdaRequestHandler found = null;
        byte @Nullable [] error = null;
        try {
            found = find(handler, loader);
            if (found instanceof LambdaRequestHandler.UserFaultHandler fault) {
                error = report(fault.fault);
            }
        } catch (InvocationTargetException failed) {
            error = report(Objects.requireNonNullElse(failed.getCause(), failed));
        }
        this.handler = found;
        this.initError = error;
    }

    private static LambdaContextLogger logger(Consumer<byte[]> log) {
        LogFormat format =
                "JSON".equalsIgnoreCase(LambdaEnvironment.LAMBDA_LOG_FORMAT) ? LogFormat.JSON : LogFormat.TEXT;
        return new LambdaContextLogger(
                new ForwardingSink(log), LogLevel.fromString(LambdaEnvironment.LAMBDA_LOG_LEVEL), format);
    }

    private static void set(Class<?> type, String name, Object value) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, value);
    }

    private static LambdaRequestHandler find(String handler, ClassLoader loader) throws ReflectiveOperationException {
        Method find = AWSLambda.class.getDeclaredMethod("findRequestHandler", String.class, ClassLoader.class);
        find.setAccessible(true);
        return (LambdaRequestHandler) find.invoke(null, handler, loader);
    }

    @Override
    public @Nullable Object[] get() {
        return new @Nullable Object[] {initError};
    }

    @Override
    public Object[] apply(Object[] invocation) {
        InvocationRequest request = new InvocationRequest();
        request.setId((String) invocation[0]);
        request.setXrayTraceId((String) invocation[1]);
        request.setInvokedFunctionArn((String) invocation[2]);
        request.setDeadlineTimeInMs((Long) invocation[3]);
        request.setContent((byte[]) invocation[4]);
        try {
            byte[] answer = Objects.requireNonNull(handler, "no handler loaded")
                    .call(request)
                    .toByteArray();
            return new Object[] {"SUCCEEDED", answer};
        } catch (VirtualMachineError | IOError fatal) {
            return new Object[] {"FATAL", report(fatal)};
        } catch (UserFault fault) {
            return new Object[] {fault.fatal ? "FATAL" : "FAILED", report(fault)};
        } catch (Throwable thrown) {
            return new Object[] {"FAILED", report(thrown)};
        } finally {
            // A handler that was interrupted must not interrupt the next invocation.
            Thread.interrupted();
        }
    }

    /** Logs an error with its stack trace and returns Lambda's error object for it. */
    private byte[] report(Throwable thrown) {
        ErrorRequest error;
        UserFault fault;
        if (thrown instanceof UserFault known) {
            fault = known;
            error = LambdaErrorConverter.fromUserFault(known);
        } else {
            UserFault.filterStackTrace(thrown);
            fault = UserFault.makeUserFault(thrown);
            error = LambdaErrorConverter.fromThrowable(thrown);
        }
        logger.log(
                fault.reportableError(), logger.getLogFormat() == LogFormat.JSON ? LogLevel.ERROR : LogLevel.UNDEFINED);
        return DtoSerializers.serialize(error);
    }

    private static final class ForwardingSink implements LogSink {

        private final Consumer<byte[]> log;

        ForwardingSink(Consumer<byte[]> log) {
            this.log = log;
        }

        @Override
        public void log(byte[] message) {
            log.accept(message);
        }

        @Override
        public void log(LogLevel level, LogFormat format, byte[] message) {
            log.accept(message);
        }

        @Override
        public void close() {
            // holds no buffer: messages are sent immediately
        }
    }
}
