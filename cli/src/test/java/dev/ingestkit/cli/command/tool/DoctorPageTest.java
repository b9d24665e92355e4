package dev.ingestkit.cli.command.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.doctor.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorPageTest {

    @Test
    void eachCheckIsALineWithItsRemedyBelow() {
        List<Check> checks = List.of(
                new Check("java", Check.Status.OK, "Java 17.0.15", ""),
                new Check("state-directory", Check.Status.FAIL, "is not there", "build: mvn package"),
                new Check("port", Check.Status.WARN, "port 4566 is taken by \u001b[2Jsomebody", "take another"),
                new Check("docker", Check.Status.SKIP, "is not needed", ""));

        assertThat(DoctorPage.of(checks, 100)).isEqualTo("""
                        ok    java             Java 17.0.15
                        FAIL  state-directory  is not there
                                               fix: build: mvn package
                        warn  port             port 4566 is taken by \uFFFD[2Jsomebody
                                               fix: take another
                        skip  docker           is not needed
                        """);
    }

    @Test
    void aLongMessageContinuesBelowItself() {
        Check mapping = new Check("mapping", Check.Status.OK, "the last batch was stored", "");

        assertThat(DoctorPage.of(List.of(mapping), 32)).isEqualTo("""
                ok    mapping  the last batch
                               was stored
                """);
    }
}
