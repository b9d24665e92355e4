package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Puts growing numbers into a secret of its own. For one thread. */
final class SecretLedger implements Ledger {

    private static final String NAME = "kill-ledger";

    private final SecretsManagerClient secrets;
    private int tried;
    private int acknowledged;

    SecretLedger(SecretsManagerClient secrets) {
        this.secrets = requireNonNull(secrets, "secrets");
        secrets.createSecret(request -> request.name(NAME).secretString("0"));
    }

    @Override
    public void step() {
        int own = ++tried;
        secrets.putSecretValue(request -> request.secretId(NAME).secretString(Integer.toString(own)));
        acknowledged = own;
    }

    @Override
    public void close(List<String> broken) {
        int value = value();
        if (value < acknowledged || value > tried) {
            broken.add("the secret has version %d; %d were acknowledged of %d".formatted(value, acknowledged, tried));
        }
    }

    private int value() {
        try {
            return Integer.parseInt(
                    secrets.getSecretValue(request -> request.secretId(NAME)).secretString());
        } catch (SdkException injected) {
            return value();
        }
    }

    @Override
    public String toString() {
        return "%d secret values".formatted(acknowledged);
    }
}
