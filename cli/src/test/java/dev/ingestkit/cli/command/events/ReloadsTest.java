package dev.ingestkit.cli.command.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.CliException;
import org.junit.jupiter.api.Test;

final class ReloadsTest {

    private static JsonNode template(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void aRejectedTemplateFailsWithItsReasonAndTheAppliedParts() throws Exception {
        JsonNode rejected = template(
                "{\"state\":\"rejected\",\"error\":\"t.yaml:3:1: no\",\"applied\":[\"mapping A was added\"],\"restart\":[]}");

        CliException failure = catchThrowableOfType(CliException.class, () -> Reloads.templateIsCurrent(rejected));

        assertThat(failure.text()).isEqualTo("the changed template is not applied: t.yaml:3:1: no");
        assertThat(failure.hints())
                .containsExactly("applied before: mapping A was added", "correct the template, then wait again");
    }

    @Test
    void aTemplateThatIsBeingAppliedIsAwaited() throws Exception {
        assertThat(Reloads.templateIsCurrent(template("{\"state\":\"loading\"}")))
                .isFalse();
        assertThat(Reloads.templateIsCurrent(template("{\"state\":\"current\"}")))
                .isTrue();
    }
}
