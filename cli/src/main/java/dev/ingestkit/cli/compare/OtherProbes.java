package dev.ingestkit.cli.compare;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Probes of Secrets Manager on a secret, and calls of other services that create nothing. */
final class OtherProbes {

    private OtherProbes() {}

    static List<Probe> all() {
        return Stream.concat(ofSecrets().stream(), ofMissingResources().stream())
                .toList();
    }

    private static List<Probe> ofSecrets() {
        return List.of(
                secret("create a secret", OtherProbes::create),
                secret("create it again", OtherProbes::createAgain),
                secret(
                        "describe it",
                        own -> Members.line(secrets(own).describeSecret(request -> request.secretId(own.name())))),
                secret(
                        "read it",
                        own -> secrets(own)
                                .getSecretValue(request -> request.secretId(own.name()))
                                .secretString()),
                secret(
                        "read a stage that no version has",
                        own -> Members.line(secrets(own)
                                .getSecretValue(
                                        request -> request.secretId(own.name()).versionStage("NONE")))),
                secret(
                        "read a secret that does not exist",
                        own -> Members.line(
                                secrets(own).getSecretValue(request -> request.secretId(own.name() + "-none")))),
                secret(
                        "make a password of 0 characters",
                        own -> Members.line(secrets(own).getRandomPassword(request -> request.passwordLength(0L)))));
    }

    private static List<Probe> ofMissingResources() {
        return List.of(
                new Probe(
                        "lambda",
                        "get a function that does not exist",
                        own -> Members.line(own.clients()
                                .lambda()
                                .getFunction(request -> request.functionName(own.name() + "-none")))),
                new Probe(
                        "lambda",
                        "get a mapping that does not exist",
                        own -> Members.line(own.clients()
                                .lambda()
                                .getEventSourceMapping(
                                        request -> request.uuid("00000000-0000-0000-0000-000000000000")))),
                new Probe(
                        "cloudformation",
                        "describe a stack that does not exist",
                        own -> Members.line(own.clients()
                                .cloudFormation()
                                .describeStacks(request -> request.stackName(own.name() + "-none")))));
    }

    private static Probe secret(String name, Function<OwnResources, String> call) {
        return new Probe("secretsmanager", name, call);
    }

    private static SecretsManagerClient secrets(OwnResources own) {
        return own.clients().secrets();
    }

    private static String create(OwnResources own) {
        own.deleteLater(
                "secret " + own.name(),
                () -> secrets(own)
                        .deleteSecret(request -> request.secretId(own.name()).forceDeleteWithoutRecovery(true)));
        return createAgain(own);
    }

    private static String createAgain(OwnResources own) {
        secrets(own).createSecret(request -> request.name(own.name()).secretString("value"));
        return "created";
    }
}
