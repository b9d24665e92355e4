package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SecretRestartTest {

    private final MutableClock clock = new MutableClock();
    private final Store store = new MemoryStore();

    private SecretCalls start() {
        return new SecretCalls(store, clock);
    }

    @Test
    void versionsAndStagesSurviveARestart() {
        SecretCalls before = start();
        before.call("CreateSecret", "{'Name':'s','SecretString':'one','Tags':[{'Key':'team','Value':'blue'}]}");
        before.call("PutSecretValue", "{'SecretId':'s','SecretString':'two'}");
        before.call("CreateSecret", "{'Name':'binary','SecretBinary':'AAEC'}");
        JsonNode description = before.call("DescribeSecret", "{'SecretId':'s'}");
        before.service.close();

        SecretCalls after = start();
        assertThat(after.call("DescribeSecret", "{'SecretId':'s'}")).isEqualTo(description);
        assertThat(after.call("GetSecretValue", "{'SecretId':'s'}")
                        .path("SecretString")
                        .asText())
                .isEqualTo("two");
        assertThat(after.call("GetSecretValue", "{'SecretId':'s','VersionStage':'AWSPREVIOUS'}")
                        .path("SecretString")
                        .asText())
                .isEqualTo("one");
        assertThat(after.call("GetSecretValue", "{'SecretId':'binary'}")
                        .path("SecretBinary")
                        .asText())
                .isEqualTo("AAEC");
        after.service.close();
    }

    @Test
    void rotationSchedulesContinue() {
        SecretCalls before = start();
        before.call("CreateSecret", "{'Name':'s','SecretString':'one'}");
        before.call(
                "RotateSecret",
                "{'SecretId':'s','RotationLambdaARN':'arn:aws:lambda:us-east-1:000000000000:function:f',"
                        + "'RotationRules':{'ScheduleExpression':'rate(8 hours)'},'RotateImmediately':false}");
        JsonNode next = before.call("DescribeSecret", "{'SecretId':'s'}").path("NextRotationDate");
        before.service.close();

        clock.advance(Duration.ofHours(7));
        SecretCalls after = start();
        JsonNode description = after.call("DescribeSecret", "{'SecretId':'s'}");
        assertThat(description.path("RotationEnabled").asBoolean()).isTrue();
        assertThat(description.path("NextRotationDate")).isEqualTo(next);
        after.service.close();
    }

    @Test
    void deletionContinues() {
        SecretCalls before = start();
        before.call("CreateSecret", "{'Name':'s','SecretString':'one'}");
        before.call("DeleteSecret", "{'SecretId':'s','RecoveryWindowInDays':7}");
        before.service.close();

        clock.advance(Duration.ofDays(6));
        SecretCalls after = start();
        after.call("RestoreSecret", "{'SecretId':'s'}");
        after.call("DeleteSecret", "{'SecretId':'s','ForceDeleteWithoutRecovery':true}");
        after.service.close();
        assertThat(store.names()).isEmpty();
    }
}
