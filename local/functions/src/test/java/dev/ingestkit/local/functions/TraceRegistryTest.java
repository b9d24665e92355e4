package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.journal.Origin;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TraceRegistryTest {

    @Test
    void headerIsRecognizedByItsRootWhateverTheParent() {
        TraceRegistry registry = new TraceRegistry();
        Origin origin = new Origin("request-1", "writer");
        String header = registry.register(origin, 1_700_000_000, UUID.randomUUID());
        assertThat(header).matches("Root=1-6553f100-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(registry.origin(header)).contains(origin);
        assertThat(registry.origin(header.replaceAll("Parent=[0-9a-f]+", "Parent=53995c3f42cd8ad8")))
                .contains(origin);
        assertThat(registry.origin("Sampled=0;" + header.substring(0, header.indexOf(';'))))
                .contains(origin);
    }

    @Test
    void unknownHeadersBelongToNoInvocation() {
        TraceRegistry registry = new TraceRegistry();
        assertThat(registry.origin("")).isEmpty();
        assertThat(registry.origin("Root=1-6553f100-000000000000000000000000")).isEmpty();
    }

    @Test
    void oldestInvocationsAreForgottenFirst() {
        TraceRegistry registry = new TraceRegistry(2);
        String first = registry.register(new Origin("1", "f"), 1, new UUID(1, 1));
        String second = registry.register(new Origin("2", "f"), 1, new UUID(2, 2));
        String third = registry.register(new Origin("3", "f"), 1, new UUID(3, 3));
        assertThat(registry.origin(first)).isEmpty();
        assertThat(registry.origin(second)).isPresent();
        assertThat(registry.origin(third)).isPresent();
    }
}
