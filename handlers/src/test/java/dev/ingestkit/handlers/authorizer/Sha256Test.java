package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class Sha256Test {

    /** RFC 4231, test case 2. */
    @Test
    void hmacMatchesTheRfc() {
        byte[] hmac = Sha256.hmac(
                "Jefe".getBytes(StandardCharsets.US_ASCII),
                "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));

        assertThat(Sha256.hex(hmac)).isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void hmacMatchesTheJdkForKeysOfAllLengths() throws GeneralSecurityException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(seed);
        for (int length = 1; length <= 200; length++) {
            byte[] key = new byte[length];
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(message);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));

            assertThat(Sha256.hmac(key, message))
                    .as("seed %d, key of %d bytes", seed, length)
                    .isEqualTo(mac.doFinal(message));
        }
    }
}
