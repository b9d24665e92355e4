package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StackResourcesTest {

    private final Store store = new MemoryStore();
    private final Set<String> existing = new HashSet<>();
    private final List<String> updates = new ArrayList<>();

    private static ObjectNode hours(int hours) {
        return Json.mapper().createObjectNode().put("retentionHours", hours);
    }

    private void stream(StackResources resources, String name, int hours) {
        resources.resource(
                "stream",
                name,
                hours(hours),
                existing.contains(name),
                () -> existing.add(name),
                (before, now) -> updates.add("%s %s".formatted(before, now)));
    }

    @Test
    void aFirstRunReportsNothing() {
        StackResources first = new StackResources(store);
        stream(first, "a", 24);
        stream(first, "b", 24);

        assertThat(first.finish()).isEmpty();
        assertThat(existing).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void changesOfTheTemplateAreAppliedOnceAndReported() {
        StackResources first = new StackResources(store);
        stream(first, "a", 24);
        stream(first, "gone", 24);
        StackResources second = new StackResources(store);
        stream(second, "a", 48);
        stream(second, "new", 24);

        assertThat(second.finish())
                .containsExactly(
                        "stream a was changed and keeps its data: retentionHours 24 → 48",
                        "stream new was added",
                        "stream gone is no longer in the template; it is kept with its data until it is deleted by"
                                + " its service's API");
        StackResources third = new StackResources(store);
        stream(third, "a", 48);
        assertThat(updates).hasSize(1);
    }

    @Test
    void aRefusedChangeIsTriedAgainAtTheNextStart() {
        StackResources first = new StackResources(store);
        stream(first, "a", 24);
        for (int run = 0; run < 2; run++) {
            StackResources next = new StackResources(store);
            next.resource("stream", "a", hours(1), true, () -> existing.add("a"), (before, now) -> {
                throw ServiceException.badRequest("InvalidArgumentException", "too short");
            });
            assertThat(next.finish())
                    .containsExactly(
                            "stream a cannot be changed and stays as it was (retentionHours 24 → 1): too short");
        }
    }

    @Test
    void valuesOfSecretsAreNotReported() {
        new StackResources(store)
                .resource(
                        "secret",
                        "s",
                        Json.mapper().createObjectNode().put("SecretString", "old"),
                        false,
                        () -> existing.add("s"),
                        (before, now) -> updates.add("never"));
        StackResources second = new StackResources(store);
        second.resource(
                "secret",
                "s",
                Json.mapper().createObjectNode().put("SecretString", "new"),
                true,
                () -> existing.add("s"),
                (before, now) -> updates.add("changed"));

        assertThat(second.finish()).containsExactly("secret s was changed and keeps its data: SecretString");
        assertThat(updates).containsExactly("changed");
    }
}
