package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.template.spec.RuntimeNames;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class RuntimeNamesTest {

    private static final int LIMIT = 64;

    private static RuntimeNames stack(String name) {
        return new RuntimeNames(name, "us-east-1", "000000000000", URI.create("http://localhost:4566"));
    }

    @Test
    void aNameIsMadeOfStackAndResource() {
        assertThat(stack("billing").physicalName("Projector", LIMIT)).isEqualTo("billing-Projector");
        assertThat(stack("a".repeat(32)).physicalName("B".repeat(31), LIMIT)).hasSize(LIMIT);
    }

    @Test
    void aNameThatIsTooLongIsShortenedAndStaysUnique() {
        RuntimeNames names = stack("a-project-with-a-long-name-in-a-long-path");
        String one = names.physicalName("ProjectorOfInvoicesIntoTheTableOfInvoices", LIMIT);
        String other = names.physicalName("ProjectorOfInvoicesIntoTheTableOfPayments", LIMIT);

        assertThat(one).hasSize(LIMIT).startsWith("a-project-with-a-long-nam").contains("-ProjectorOfInvoicesIntoT");
        assertThat(other).hasSize(LIMIT).isNotEqualTo(one);
        assertThat(names.physicalName("ProjectorOfInvoicesIntoTheTableOfInvoices", LIMIT))
                .isEqualTo(one);
    }

    @Test
    void aShortNameLeavesItsRoomToTheOther() {
        assertThat(stack("s").physicalName("F".repeat(80), LIMIT))
                .hasSize(LIMIT)
                .startsWith("s-" + "F".repeat(49) + "-");
        assertThat(stack("s".repeat(80)).physicalName("F", LIMIT))
                .hasSize(LIMIT)
                .startsWith("s".repeat(49) + "-F-");
    }
}
