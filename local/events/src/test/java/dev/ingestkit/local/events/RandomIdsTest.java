package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RandomIdsTest {

    @Test
    void idsAreRandomUuidsOfVersionFour() {
        assertThat(Stream.generate(RandomIds::uuid).limit(1_000)).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    @Test
    void idsAreUnique() {
        assertThat(Stream.generate(RandomIds::text).limit(10_000)).doesNotHaveDuplicates();
    }

    @Test
    void textIsTheUsualSpelling() {
        String text = RandomIds.text();

        assertThat(UUID.fromString(text)).hasToString(text);
    }
}
