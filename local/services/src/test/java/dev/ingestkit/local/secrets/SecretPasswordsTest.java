package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers random passwords, and secrets of templates that are made from them. */
final class SecretPasswordsTest {

    private static final Arn ARN = Arn.parse("arn:aws:secretsmanager:us-east-1:000000000000:secret:any-AbCdEf");

    private final SecretCalls secrets = new SecretCalls();

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{} § [!-~]{32}",
                "{'PasswordLength':64,'ExcludePunctuation':true} § [A-Za-z0-9]{64}",
                "{'ExcludePunctuation':true,'ExcludeUppercase':true,'ExcludeLowercase':true} § [0-9]{32}",
                "{'ExcludeCharacters':'abcdefghijklmnopqrstuvwxyz:/'} § [!-.0-9;-`{|}~]{32}",
                "{'PasswordLength':5,'IncludeSpace':true} § [ -~]{5}"
            })
    void passwordsHaveTheRequestedCharacters(String options, String pattern) {
        Set<String> drawn = new HashSet<>();
        for (int draw = 0; draw < 50; draw++) {
            String password = text(secrets.call("GetRandomPassword", options), "RandomPassword");
            assertThat(password).matches(pattern);
            drawn.add(password);
        }
        assertThat(drawn).as("every password is different").hasSize(50);
    }

    @Test
    void passwordsContainEveryRequiredType() {
        for (int draw = 0; draw < 200; draw++) {
            assertThat(text(secrets.call("GetRandomPassword", "{'PasswordLength':4}"), "RandomPassword"))
                    .containsPattern("[a-z]")
                    .containsPattern("[A-Z]")
                    .containsPattern("[0-9]")
                    .containsPattern("[^A-Za-z0-9]");
        }
        assertError("InvalidParameterException", "GetRandomPassword", "{'PasswordLength':3}");
        assertThat(text(
                        secrets.call("GetRandomPassword", "{'PasswordLength':1,'RequireEachIncludedType':false}"),
                        "RandomPassword"))
                .hasSize(1);
        assertError("InvalidParameterException", "GetRandomPassword", "{'PasswordLength':4097}");
    }

    @Test
    void templatesGenerateAPasswordIntoItsKey() throws Exception {
        String arn = secrets.service.createFromTemplate("stack-Credentials", ARN, json("""
            {'GenerateSecretString':{'SecretStringTemplate':'{\\"username\\":\\"writer\\"}',
             'GenerateStringKey':'password','PasswordLength':40,'ExcludePunctuation':true},
             'Description':'who may submit'}\
            """));

        String value = text(secrets.call("GetSecretValue", "{'SecretId':'%s'}".formatted(arn)), "SecretString");
        JsonNode secret = SecretCalls.JSON.readTree(value);
        assertThat(text(secret, "username")).isEqualTo("writer");
        assertThat(text(secret, "password")).matches("[A-Za-z0-9]{40}");
        assertThat(arn).contains(":secret:stack-Credentials-");
    }

    @Test
    void templatesCanGiveNameAndText() {
        String arn = secrets.service.createFromTemplate("unused", ARN, json("{'Name':'mine','SecretString':'text'}"));

        assertThat(arn).contains(":secret:mine-");
        assertThat(text(secrets.call("GetSecretValue", "{'SecretId':'mine'}"), "SecretString"))
                .isEqualTo("text");
    }

    private void assertError(String code, String action, String input) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> secrets.call(action, input))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }

    private static JsonNode json(String text) {
        try {
            return SecretCalls.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException notJson) {
            throw new UncheckedIOException(text, notJson);
        }
    }
}
