package dev.ingestkit.testkit;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts and stops the stacks of {@link IngestTest}, and gives tests their pipeline. Works with JUnit Jupiter 5.10 and later. */
final class IngestExtension implements BeforeAllCallback, AfterAllCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(IngestExtension.class);

    /** A class's stack; where JUnit closes what its stores hold, a class whose constructor fails leaves nothing behind. */
    private record Running(IngestPipeline pipeline, IngestTest settings, Class<?> owner) implements AutoCloseable {

        @Override
        public void close() {
            pipeline.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class shares the stack of the class around it, unless it names a template of its own.
        Running unused = started(context);
    }

    /** Returns the stack of a class, or starts it: for one instance per class, the constructor comes first. */
    private static Running started(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Optional<IngestTest> settings = AnnotationSupport.findAnnotation(test, IngestTest.class);
        return running(context)
                .filter(around -> settings.isEmpty() || around.owner().equals(test))
                .orElseGet(() -> {
                    Running first = start(test, settings);
                    context.getStore(NAMESPACE).put(Running.class, first);
                    return first;
                });
    }

    private static Running start(Class<?> test, Optional<IngestTest> annotation) {
        IngestTest settings = annotation.orElseThrow(() -> new ExtensionConfigurationException(
                "'%s' is not annotated with @IngestTest".formatted(test.getName())));
        IngestPipeline.Builder builder = IngestPipeline.of(Path.of(settings.template()));
        for (String parameter : settings.parameters()) {
            String[] parts = parameter.split("=", 2);
            if (parts.length < 2) {
                throw new ExtensionConfigurationException(
                        "'%s' is not a template parameter: write Name=value".formatted(parameter));
            }
            builder.parameter(parts[0], parts[1]);
        }
        for (String fault : settings.faults()) {
            builder.fault(fault);
        }
        if (settings.functionsInProcessesOfTheirOwn()) {
            builder.functionsInProcessesOfTheirOwn();
        }
        return new Running(builder.start(), settings, test);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional<Running> running = running(context);
        try {
            running.filter(own -> own.settings().ledger()).ifPresent(own -> checkLedger(own.pipeline(), context));
        } finally {
            running.filter(own -> isReset(context))
                    .ifPresent(own -> own.pipeline().reset());
        }
    }

    /** A test that has failed says why; neither it nor the tests after it wait for the records that it left. */
    private static void checkLedger(IngestPipeline pipeline, ExtensionContext context) {
        boolean kept = false;
        try {
            if (context.getExecutionException().isEmpty()) {
                pipeline.requireNothingUnfinished();
                kept = true;
            }
        } finally {
            if (!kept) {
                pipeline.closeLedger();
            }
        }
    }

    private static boolean isReset(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), ResetAfterEach.class)
                || AnnotationSupport.isAnnotated(context.getTestClass(), ResetAfterEach.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running(context)
                .filter(running -> running.owner().equals(context.getRequiredTestClass()))
                .ifPresent(Running::close);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == IngestPipeline.class || (hasSdk(type) && SdkClients.isClient(type));
    }

    /** Returns whether a type may be the SDK's, whose classes need not be there. */
    private static boolean hasSdk(Class<?> type) {
        return type.getName().startsWith("software.amazon.awssdk.services.");
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        IngestPipeline pipeline = started(context).pipeline();
        Class<?> type = parameter.getParameter().getType();
        return type == IngestPipeline.class ? pipeline : pipeline.client(type);
    }

    private static Optional<Running> running(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Running.class, Running.class));
    }
}
