package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "bAsIc   ", "  Basic "})
    void schemeHasAnyLetterCaseAndOneOrMoreSpaces(String scheme) {
        assertThat(Credentials.parse(scheme + base64("user:secret"))).contains(new Credentials("user", "secret"));
    }

    @Test
    void passwordMayHoldColonsAndBeEmpty() {
        assertThat(Credentials.parse("Basic " + base64("user:a:b::c"))).contains(new Credentials("user", "a:b::c"));
        assertThat(Credentials.parse("Basic " + base64("user:"))).contains(new Credentials("user", ""));
        assertThat(Credentials.parse("Basic " + base64(":secret"))).contains(new Credentials("", "secret"));
    }

    @Test
    void textIsUtf8() {
        assertThat(Credentials.parse("Basic " + base64("jürgen:pässwörd €𝄞")))
                .contains(new Credentials("jürgen", "pässwörd €𝄞"));
        // RFC 7617, section 2.1: "test" and "123£" in UTF-8
        assertThat(Credentials.parse("Basic dGVzdDoxMjPCow==")).contains(new Credentials("test", "123£"));
    }

    @Test
    void exampleOfRfc7617IsRead() {
        assertThat(Credentials.parse("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="))
                .contains(new Credentials("Aladdin", "open sesame"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = "jürgen:secret".getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = {'u', ':', (byte) 0xC0, (byte) 0x80};
        byte[] surrogate = {'u', ':', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] cut = {'u', ':', (byte) 0xE2, (byte) 0x82};

        assertThat(Credentials.parse("Basic " + base64(latin1))).isEmpty();
        assertThat(Credentials.parse("Basic " + base64(overlong))).isEmpty();
        assertThat(Credentials.parse("Basic " + base64(surrogate))).isEmpty();
        assertThat(Credentials.parse("Basic " + base64(cut))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"us\ner:secret", "user:sec\u0000ret", "user:secret\r", "user:\u007f", "\tuser:secret"})
    void controlCharactersAreRefused(String text) {
        assertThat(Credentials.parse("Basic " + base64(text))).isEmpty();
    }

    @Test
    void textWithoutColonIsRefused() {
        assertThat(Credentials.parse("Basic " + base64("usersecret"))).isEmpty();
        assertThat(Credentials.parse("Basic " + base64(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Basic",
                "Basic ",
                "BasicdXNlcjpzZWNyZXQ=",
                "Basic\tdXNlcjpzZWNyZXQ=",
                "Basic dXNlcjpzZWNy!XQ=",
                "Basic dXNlcjpzZWNyZXQ===",
                "Basic dXNlcjpz ZWNyZXQ=",
                "Basic dXNlcjpzZWNyZXQ=,Basic dXNlcjpzZWNyZXQ=",
                "Basic =",
                "Basic dXNlcjpz-_8=",
                "Bearer dXNlcjpzZWNyZXQ=",
                "dXNlcjpzZWNyZXQ=",
                "Digest username=\"user\""
            })
    void anythingElseIsRefused(String value) {
        assertThat(Credentials.parse(value)).isEmpty();
    }

    @Test
    void toStringRevealsNothing() {
        assertThat(new Credentials("user", "secret").toString())
                .doesNotContain("user")
                .doesNotContain("secret");
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
