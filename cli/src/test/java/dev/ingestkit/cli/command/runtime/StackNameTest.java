package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackNameTest {

    @TempDir
    Path folder;

    @Test
    void aStackIsNamedAfterTheDirectoryOfItsTemplate() {
        assertThat(name("billing/template.yaml")).isEqualTo("billing");
        assertThat(name("billing/deploy/../template.yaml")).isEqualTo("billing");
    }

    @Test
    void theBuildOfSamIsNamedAfterItsProject() {
        assertThat(name("billing/.aws-sam/build/template.yaml")).isEqualTo("billing");
    }

    @Test
    void aTemplateOfTheCdkNamesItsStack() {
        assertThat(name("shop/cdk.out/OrdersStack.template.json")).isEqualTo("OrdersStack");
    }

    @Test
    void charactersThatANameCannotHoldAreReplaced() {
        assertThat(name("2nd_try of billing!/template.yaml")).isEqualTo("nd-try-of-billing");
        assertThat(name("a".repeat(60) + "/template.yaml")).isEqualTo("a".repeat(40));
    }

    @Test
    void otherStacksHaveTheDefaultName() throws IOException {
        Path application = Files.createDirectory(folder.resolve("cdk.out"));

        assertThat(name("kit/template.yaml")).isEqualTo("ingest-kit");
        assertThat(name("42/template.yaml")).isEqualTo("ingest-kit");
        assertThat(StackName.of(application, folder.resolve("kit"))).isEqualTo("ingest-kit");
    }

    private String name(String template) {
        return StackName.of(folder.resolve(template), folder.resolve("kit"));
    }
}
